// Codes from the picture of a camera or from a photo: by the browser's own reader where it has one, otherwise by a library.

import decodeQR from "qr/decode.js";

const MOST_PIXELS = 1600;

let own;
const ownReader = () => {
  own ??= (async () => {
    const known = "BarcodeDetector" in globalThis ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    return known.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  })();
  return own;
};

const byLibrary = (source, width, height, timeLimit) => {
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const drawn = canvas.getContext("2d", { willReadFrequently: true });
  drawn.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return [decodeQR(drawn.getImageData(0, 0, canvas.width, canvas.height), { timeLimit })];
  } catch {
    return [];
  }
};

// The texts of the codes in a picture; none where there is none that can be read.
export const codesIn = async (source, width, height, { timeLimit = 60 } = {}) => {
  const reader = await ownReader();
  const found = reader ? await reader.detect(source).catch(() => []) : [];
  return found.length ? found.map((each) => each.rawValue) : byLibrary(source, width, height, timeLimit);
};
