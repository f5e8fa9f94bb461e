// Samples to a WAV file: 16 bits, mono.

const HEADER_BYTES = 44;

/**
 * @param {Float32Array[]} blocks samples as fractions of full scale
 * @param {number} rateHz
 * @returns {Blob}
 */
export function wavOf(blocks, rateHz) {
  const samples = blocks.reduce((sum, block) => sum + block.length, 0);
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + 2 * samples));
  const text = (offset, value) => [...value].forEach((sign, i) => view.setUint8(offset + i, sign.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + 2 * samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, 2 * rateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples, true);
  let offset = HEADER_BYTES;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(offset, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true);
      offset += 2;
    }
  }
  return new Blob([view], { type: 'audio/wav' });
}

/** The last samples of some blocks, in blocks. */
export function lastOf(blocks, samples) {
  const last = [];
  let missing = samples;
  for (let i = blocks.length - 1; i >= 0 && missing > 0; i--) {
    const block = blocks[i].length > missing ? blocks[i].subarray(blocks[i].length - missing) : blocks[i];
    last.unshift(block);
    missing -= block.length;
  }
  return last;
}
