"""Films that an assessor takes in a yard: made smaller on the phone, seen and heard when they have come home; one that nothing helps is refused."""

from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.factories.odd_films import make_film

from .alliance import Alliance
from .judging_phones import FILES, PHONE, SCHEMED, STORED, back_on_the_network, mark, open_case
from .phones import SENT

FREE = 3_000_000
MAKE_FILM = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1280, 720];
  const pen = canvas.getContext("2d");
  const noise = [1, 2, 3].map(() => pen.createImageData(1280, 720));
  for (const { data } of noise) {
    for (let n = 0; n < data.length; n += 1) data[n] = n % 4 === 3 ? 255 : Math.random() * 256;
  }
  let turn = 0;
  const going = setInterval(() => pen.putImageData(noise[(turn += 1) % 3], 0, 0), 40);
  const sounds = new AudioContext();
  const [tone, out] = [sounds.createOscillator(), sounds.createMediaStreamDestination()];
  tone.connect(out);
  tone.start();
  const stream = new MediaStream([...canvas.captureStream(25).getVideoTracks(), ...out.stream.getAudioTracks()]);
  const recorder = new MediaRecorder(stream, { mimeType: "video/mp4", videoBitsPerSecond: 20_000_000 });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  await new Promise((done) => setTimeout(done, 3000));
  recorder.stop();
  await new Promise((done) => { recorder.onstop = done; });
  clearInterval(going);
  await sounds.close();
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}"""
HEARD = """async (address) => {
  const answer = await fetch(address);
  const bytes = await answer.arrayBuffer();
  const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes.slice(0));
  const loudest = sound.getChannelData(0).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const film = document.createElement("video");
  film.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  await new Promise((done, fail) => { film.onloadeddata = done; film.onerror = fail; });
  return { size: bytes.byteLength, width: film.videoWidth, seconds: sound.duration, loudest };
}"""


def test_a_film_is_made_smaller_on_the_phone_and_can_be_seen_and_heard(phones, alliance_to_change, tmp_path: Path):
    page = phones("assessor", PHONE)
    film = tmp_path / "brakes.mp4"
    # As large as a telephone makes it, however few pictures a busy machine gets done: the rest is a box of nothing.
    film.write_bytes(page.evaluate(MAKE_FILM).encode("latin-1") + FREE.to_bytes(4) + b"free" + bytes(FREE - 8))
    page.context.set_offline(True)
    open_case(page, 7)
    page.locator("[data-rg-whole] [data-rg-kind=video]").set_input_files(film)
    expect(page.locator(".shot")).to_have_count(1, timeout=30_000)
    back_on_the_network(page)
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert (7, "video", 1, 0) in [tuple(row) for row in alliance_to_change.ask(FILES.format(SCHEMED))]
    [(key,)] = alliance_to_change.ask("SELECT v.id FROM assessment_evidence v WHERE v.kind = 'video'")
    seen = page.evaluate(HEARD, f"/evidence/{UUID(key)}/")
    assert seen["size"] < film.stat().st_size / 2
    assert seen["width"] == 960
    assert 2 < seen["seconds"] < 5
    assert seen["loudest"] > 0.1


def test_a_film_of_700_megabytes_is_refused_at_once_with_what_to_do(phones, tmp_path: Path):
    page = phones("assessor", PHONE)
    film = tmp_path / "brakes.mp4"
    with film.open("wb") as file:
        file.truncate(700 * 2**20)
    open_case(page, 6)
    page.locator("[data-rg-whole] [data-rg-kind=video]").set_input_files(film)
    expect(page.locator("[data-rg-said]")).to_contain_text(
        "The film has 700 MB; at most 60 MB are kept. Film one step at a time", timeout=3_000
    )
    mark(page, ["met"])
    assert page.evaluate(STORED)["counts"]["pieces"] == 0


def test_films_that_one_file_does_not_hold_come_in_two_and_the_house_takes_both(
    phones, page: Page, alliance_to_change: Alliance, be, tmp_path: Path
):
    phone, saved = phones("assessor", PHONE), []
    phone.context.set_offline(True)
    for seat in (6, 7):
        film = tmp_path / f"{seat}.mp4"
        film.write_bytes(make_film(bytes([seat]) * 7 * 2**20))
        open_case(phone, seat)
        phone.locator("[data-rg-whole] [data-rg-kind=video]").set_input_files(film)
        expect(phone.locator(".shot")).to_have_count(1, timeout=30_000)
    phone.on("download", lambda download: saved.append(download))  # noqa: PLW0108 (playwright marks what it calls)
    phone.locator("[data-rg-net]").click()
    phone.locator("[data-rg-file]").click()
    for _ in range(100):
        if len(saved) == 2:
            break
        phone.wait_for_timeout(200)
    assert [each.suggested_filename for each in saved] == ["journal-2024-02-02.json", "journal-2024-02-02-2.json"]
    be("secretariat")
    for each in saved:
        page.goto("/registers/files/")
        page.get_by_label("File of a journal").set_input_files(each.path())
        page.get_by_role("button", name="Take this file in").click()
        expect(page.locator("#main")).to_contain_text("1 photo or film came with it.", timeout=30_000)
    assert alliance_to_change.ask(FILES.format(SCHEMED)) == [(6, "video", 1, 0), (7, "video", 1, 0)]
