// Photos and films that an assessor takes without a network. A photo is drawn anew, smaller, which leaves out all that a camera writes beside it.
// Each file lies here in pieces, hidden by the key of the account, before anybody is told that it is kept; then its pieces go one by one, and
// the house says which are missing: what has arrived is never sent again.

const Pictures = (() => {
  const LONGEST = 1600;
  const QUALITY = 0.8;
  const FILMS = { ".mp4": "mp4", ".mov": "mov", ".3gp": "3gp" };

  class NotKept extends Error {
    constructor(reason, places = {}) {
      super(reason);
      this.reason = reason;
      this.places = places;
    }
  }
  const isFull = (wrong) => wrong?.name === "QuotaExceededError" || wrong?.name === "AbortError";

  const drawn = async (file, longest) => {
    let picture;
    try {
      picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      throw new NotKept("no-photo");
    }
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
  };
  const photo = async (file) => {
    const canvas = await drawn(file, LONGEST);
    const made = await new Promise((done) => {
      canvas.toBlob(done, "image/jpeg", QUALITY);
    });
    if (!made) throw new NotKept("no-photo");
    const small = document.createElement("canvas");
    const scale = Math.min(1, 160 / Math.max(canvas.width, canvas.height));
    small.width = Math.max(1, Math.round(canvas.width * scale));
    small.height = Math.max(1, Math.round(canvas.height * scale));
    small.getContext("2d").drawImage(canvas, 0, 0, small.width, small.height);
    return { blob: made, suffix: "jpg", small: small.toDataURL("image/jpeg", 0.6) };
  };
  // Its size is known before a byte of it is read.
  const film = (file, most) => {
    const suffix = FILMS[file.name.slice(file.name.lastIndexOf(".")).toLowerCase()] ?? FILMS[`.${file.type.split("/")[1]}`];
    const inMegabytes = (bytes) => Math.ceil(bytes / 2 ** 20);
    if (file.size > most) throw new NotKept("long-film", { size: inMegabytes(file.size), most: Math.floor(most / 2 ** 20) });
    if (!suffix || !file.size) throw new NotKept("no-film");
    return { blob: file, suffix, small: "" };
  };

  const open = async (account, book) => {
    const base = await idb.openDB(`corridor-pictures-${account}`, 1, {
      upgrade(db) {
        db.createObjectStore("files");
        db.createObjectStore("pieces", { keyPath: ["file", "number"] });
        db.createObjectStore("drafts");
      },
    });
    const ofFile = (id) => IDBKeyRange.bound([id, 0], [id, Infinity]);
    let files = [];
    const reread = async () => {
      const rows = await Promise.all((await base.getAll("files")).map(book.shown));
      files = rows.sort((one, other) => (one.at < other.at ? -1 : 1));
    };
    const keep = async (file) => {
      const row = await book.hidden(file);
      const going = base.transaction("files", "readwrite", { durability: "strict" });
      await Promise.all([going.store.put(row, file.id), going.done]);
      await reread();
    };
    const forget = async (id) => {
      await base.delete("pieces", ofFile(id));
      await base.delete("files", id);
      await reread();
    };

    // Everything of a file is here before this returns; else nothing of it.
    const add = async (sent, kind, about, { most, pieceBytes }) => {
      const made = kind === "video" ? film(sent, most) : await photo(sent);
      const bytes = await made.blob.arrayBuffer();
      const sha256 = await Kept.fingerprint(bytes);
      if (files.some((each) => each.sha256 === sha256 && each.subject === about.subject && each.unit === about.unit && each.attempt === about.attempt)) {
        throw new NotKept("same-file");
      }
      const id = Kept.newKey();
      try {
        for (let number = 0; number * pieceBytes < bytes.byteLength; number += 1) {
          const piece = bytes.slice(number * pieceBytes, (number + 1) * pieceBytes);
          const row = { file: id, number, ...(await book.hideBytes(piece)) };
          const going = base.transaction("pieces", "readwrite");
          await Promise.all([going.store.put(row), going.done]);
        }
        await keep({ id, kind, ...about, name: `${kind}-${id.slice(-8)}.${made.suffix}`, size: bytes.byteLength, sha256, small: made.small, at: new Date().toISOString(), isTold: false });
      } catch (wrong) {
        await forget(id).catch(() => {});
        throw isFull(wrong) ? new NotKept("full") : wrong;
      }
      return files.find((each) => each.id === id);
    };

    const piece = async (file, number) => {
      const row = await base.get("pieces", [file.id, number]);
      return row && book.showBytes(row);
    };
    // Send what is missing of each file of which the house knows.
    const bring = async (address) => {
      for (const file of files.filter((each) => each.isTold && !each.refused)) {
        const asked = await Kept.ask(`${address}${file.id}/?sha256=${file.sha256}`);
        if (asked.status === 404) {
          await keep({ ...file, refused: asked.message || "404" });
          continue;
        }
        if (asked.state !== "ok") return asked;
        let { id, missing } = asked.told;
        if (!Array.isArray(missing)) return { state: "busy" };
        while (missing.length) {
          const [number] = missing;
          const bytes = await piece(file, number);
          if (!bytes) break;
          const answer = await Kept.post(`${address}${id}/${number}/`, bytes, { "X-Piece-SHA256": await Kept.fingerprint(bytes) });
          if (answer.state === "refused" || answer.state === "too-old") {
            // Half a piece is sent again; what is refused three times is not the line's fault.
            const tries = (file.tries ?? 0) + 1;
            await keep({ ...file, tries, ...(tries >= 3 ? { refused: answer.message || String(answer.status) } : {}) });
            break;
          }
          if (answer.state !== "ok") return answer;
          if (!Array.isArray(answer.told.missing) || answer.told.missing.includes(number)) return { state: "busy" };
          missing = answer.told.missing;
        }
        if (!missing.length) await forget(file.id);
      }
      return { state: "ok" };
    };

    const draft = async (name) => book.shown(await base.get("drafts", name));
    const drafts = async () => {
      const names = await base.getAllKeys("drafts");
      return new Map(await Promise.all(names.map(async (name) => [name, await draft(name)])));
    };
    const keepDraft = async (name, thing) => base.put("drafts", await book.hidden(thing), name);
    const dropDraft = (name) => base.delete("drafts", name);

    await reread();
    return { add, keep, forget, bring, drafts, keepDraft, dropDraft, files: () => files, close: () => base.close() };
  };

  return { open, NotKept, isFull };
})();
