// Photos and films that an assessor takes without a network. A photo is drawn anew, smaller, which leaves out all that a camera writes beside it;
// a film is played once and recorded anew, which takes as long as it lasts, where the browser can do it and the film is much larger than it need be.
// Each file lies here in pieces, hidden by the key of the account, before anybody is told that it is kept; then its pieces go one by one, and
// the house says which are missing: what has arrived is never sent again.

const Pictures = (() => {
  const LONGEST = 1600;
  const QUALITY = 0.8;
  // Of photos and films in one file: in base64 and with the events the house still takes it.
  const MOST_CARRIED = 12 * 2 ** 20;
  const FILMS = { ".mp4": "mp4", ".mov": "mov", ".3gp": "3gp" };
  const ANEW = { type: "video/mp4", longest: 960, bitsOfPicture: 900_000, bitsOfSound: 48_000, framesPerSecond: 25, mostSeconds: 300 };

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
  const inBase64 = async (blob) => {
    const reader = new FileReader();
    const isRead = soon(reader, "load", 60_000);
    reader.readAsDataURL(blob);
    await isRead;
    return reader.result.slice(reader.result.indexOf(",") + 1);
  };
  const soon = (target, event, milliseconds) =>
    new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`no ${event}`)), milliseconds);
      target.addEventListener(event, () => done(clearTimeout(late)), { once: true });
      target.addEventListener("error", () => fail(new Error("unreadable")), { once: true });
    });
  // The film, smaller; nothing where that cannot be done, would gain little, or the page was put aside meanwhile. Nothing is lost then: the film stays as it is.
  const smaller = async (file, tell = () => {}) => {
    if (!window.MediaRecorder?.isTypeSupported(ANEW.type) || !HTMLCanvasElement.prototype.captureStream) return undefined;
    const player = document.createElement("video");
    Object.assign(player, { muted: true, playsInline: true, preload: "auto" });
    const address = URL.createObjectURL(file);
    let going;
    try {
      player.src = address;
      await soon(player, "loadeddata", 10_000);
      const { duration, videoWidth: width, videoHeight: height } = player;
      const bits = ANEW.bitsOfPicture + ANEW.bitsOfSound;
      if (!(duration > 0 && duration <= ANEW.mostSeconds) || !width || (file.size * 8) / duration < bits * 2) return undefined;
      const scale = Math.min(1, ANEW.longest / Math.max(width, height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round((width * scale) / 2) * 2;
      canvas.height = Math.round((height * scale) / 2) * 2;
      const pen = canvas.getContext("2d");
      const draw = () => {
        pen.drawImage(player, 0, 0, canvas.width, canvas.height);
        tell(Math.ceil(duration - player.currentTime));
      };
      draw();
      const sound = player.captureStream?.().getAudioTracks() ?? [];
      const stream = new MediaStream([...canvas.captureStream(ANEW.framesPerSecond).getVideoTracks(), ...sound]);
      const recorder = new MediaRecorder(stream, { mimeType: ANEW.type, videoBitsPerSecond: ANEW.bitsOfPicture, audioBitsPerSecond: ANEW.bitsOfSound });
      const parts = [];
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      going = setInterval(draw, 1000 / ANEW.framesPerSecond);
      const isOver = soon(player, "ended", duration * 2_000 + 10_000);
      let wasAside = document.hidden;
      const aside = () => {
        wasAside = true;
      };
      document.addEventListener("visibilitychange", aside);
      recorder.start(1_000);
      await player.play();
      await isOver.finally(() => document.removeEventListener("visibilitychange", aside));
      const isWritten = soon(recorder, "stop", 10_000);
      recorder.stop();
      await isWritten;
      const made = new Blob(parts, { type: ANEW.type });
      return !wasAside && made.size && made.size < file.size ? made : undefined;
    } catch {
      return undefined;
    } finally {
      clearInterval(going);
      player.pause();
      player.removeAttribute("src");
      player.load();
      URL.revokeObjectURL(address);
    }
  };
  // Its size is known before a byte of it is read.
  const film = async (file, most, tell) => {
    const suffix = FILMS[file.name.slice(file.name.lastIndexOf(".")).toLowerCase()] ?? FILMS[`.${file.type.split("/")[1]}`];
    const inMegabytes = (bytes) => Math.ceil(bytes / 2 ** 20);
    if (!suffix || !file.size) throw new NotKept("no-film");
    const made = await smaller(file, tell);
    const kept = made ?? file;
    if (kept.size > most) throw new NotKept("long-film", { size: inMegabytes(file.size), most: Math.floor(most / 2 ** 20) });
    return { blob: kept, suffix: made ? "mp4" : suffix, small: "" };
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
    const add = async (sent, kind, about, { most, pieceBytes, tell }) => {
      const made = kind === "video" ? await film(sent, most, tell) : await photo(sent);
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
    // What goes along in files, as much at once as one file holds; at least once, with nothing. What alone is too large goes by the network.
    const carry = async function* carry() {
      let [together, size] = [[], 0];
      for (const file of files.filter((each) => each.isTold && each.size <= MOST_CARRIED)) {
        if (size + file.size > MOST_CARRIED) {
          yield together;
          [together, size] = [[], 0];
        }
        const rows = await base.getAll("pieces", ofFile(file.id));
        const bytes = await Promise.all(rows.map(book.showBytes));
        together.push({ evidence: file.id, sha256: file.sha256, content: await inBase64(new Blob(bytes)) });
        size += file.size;
      }
      yield together;
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
    return { add, keep, forget, bring, carry, drafts, keepDraft, dropDraft, files: () => files, close: () => base.close() };
  };

  return { open, smaller, NotKept, isFull, MOST_CARRIED };
})();
