// A QR code of an address (bytes, level M, versions 1 to 10), drawn on the phone itself so that it can change without a network. ISO/IEC 18004.

const CODE_WORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
const CHECK_WORDS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const CODE_BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const timesInField = (x, y) => {
  let z = 0;
  for (let i = 7; i >= 0; i -= 1) z = ((z << 1) ^ ((z >>> 7) * 0x11d)) ^ (((y >>> i) & 1) * x);
  return z;
};

const divisorOf = (degree) => {
  const made = new Array(degree).fill(0);
  made[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i += 1, root = timesInField(root, 2)) {
    for (let j = 0; j < degree; j += 1) made[j] = timesInField(made[j], root) ^ (j + 1 < degree ? made[j + 1] : 0);
  }
  return made;
};

const checkOf = (words, divisor) => {
  const rest = new Array(divisor.length).fill(0);
  for (const word of words) {
    const factor = word ^ rest.shift();
    rest.push(0);
    divisor.forEach((each, i) => { rest[i] ^= timesInField(each, factor); });
  }
  return rest;
};

const wordsOf = (bytes, version) => {
  const room = CODE_WORDS[version - 1] - CHECK_WORDS[version - 1] * CODE_BLOCKS[version - 1];
  const bits = [];
  const put = (value, count) => { for (let i = count - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, room * 8 - bits.length));
  put(0, -bits.length & 7);
  for (let pad = 0xec; bits.length < room * 8; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: room }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(""), 2));
};

const interleaved = (words, version) => {
  const [all, check, count] = [CODE_WORDS[version - 1], CHECK_WORDS[version - 1], CODE_BLOCKS[version - 1]];
  const [short, shorter, divisor] = [Math.floor(all / count) - check, count - (all % count), divisorOf(check)];
  const blocks = [];
  for (let i = 0, from = 0; i < count; i += 1) {
    const data = words.slice(from, from + short + (i < shorter ? 0 : 1));
    from += data.length;
    blocks.push({ data, check: checkOf(data, divisor) });
  }
  const told = [];
  for (let i = 0; i <= short; i += 1) blocks.forEach(({ data }) => { if (i < data.length) told.push(data[i]); });
  for (let i = 0; i < check; i += 1) blocks.forEach((block) => told.push(block.check[i]));
  return told;
};

// The path of the dark squares, each one wide, in a picture of `size` squares.
const drawCode = (text) => {
  const bytes = [...new TextEncoder().encode(text)];
  const fits = (v) => bytes.length + (v < 10 ? 2 : 3) <= CODE_WORDS[v - 1] - CHECK_WORDS[v - 1] * CODE_BLOCKS[v - 1];
  const version = CODE_WORDS.map((_, i) => i + 1).find(fits);
  if (!version) throw new RangeError("too long for a code");
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => new Array(size).fill(0));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, value) => { dark[y][x] = value ? 1 : 0; fixed[y][x] = true; };
  for (let i = 0; i < size; i += 1) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let y = cy - 4; y <= cy + 4; y += 1) for (let x = cx - 4; x <= cx + 4; x += 1) {
      const far = Math.max(Math.abs(x - cx), Math.abs(y - cy));
      if (x >= 0 && y >= 0 && x < size && y < size) set(x, y, far !== 2 && far !== 4);
    }
  }
  const middles = ALIGNED[version - 1];
  const last = middles.length - 1;
  middles.forEach((cx, i) => middles.forEach((cy, j) => {
    if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
    for (let dy = -2; dy <= 2; dy += 1) for (let dx = -2; dx <= 2; dx += 1) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }));
  // Level M with the first mask: these fifteen bits, twice.
  const format = (i) => (0x5412 >>> i) & 1;
  for (let i = 0; i <= 5; i += 1) set(8, i, format(i));
  set(8, 7, format(6)); set(8, 8, format(7)); set(7, 8, format(8));
  for (let i = 9; i < 15; i += 1) set(14 - i, 8, format(i));
  for (let i = 0; i < 8; i += 1) set(size - 1 - i, 8, format(i));
  for (let i = 8; i < 15; i += 1) set(8, size - 15 + i, format(i));
  set(8, size - 8, 1);
  if (version >= 7) {
    let rest = version;
    for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let i = 0; i < 18; i += 1) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(a, b, (bits >>> i) & 1); set(b, a, (bits >>> i) & 1);
    }
  }
  const words = interleaved(wordsOf(bytes, version), version);
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) for (const x of [right, right - 1]) {
      const y = isUp ? size - 1 - step : step;
      if (fixed[y][x]) continue;
      const bit = at < words.length * 8 ? (words[at >>> 3] >>> (7 - (at & 7))) & 1 : 0;
      dark[y][x] = bit ^ ((x + y) % 2 === 0 ? 1 : 0);
      at += 1;
    }
  }
  const squares = [];
  dark.forEach((row, y) => row.forEach((is, x) => { if (is) squares.push(`M${x} ${y}h1v1h-1z`); }));
  return { size, path: squares.join("") };
};
