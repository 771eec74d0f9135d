/** Finds out whether texts are all different, sooner than a Set would; it may take some for repeated that are not. */
export interface Fingerprints {
  /** Forgets all texts; up to `most` will come. */
  readonly begin: (most: number) => void;
  /** Whether the text may have come before. */
  readonly mayRepeat: (text: string) => boolean;
}

/** The last characters of a text count; the first are often those of all. */
const LENGTH = 16;

/** Places tried for a fingerprint. More are taken only by texts that were made for it. */
const TRIES = 32;

export function createFingerprints(): Fingerprints {
  let table = new Int32Array(128);
  let mask = 0;
  return {
    begin(most) {
      let size = 128;
      while (size < most * 2) size *= 2;
      mask = size - 1;
      if (size > table.length) table = new Int32Array(size);
      else table.fill(0, 0, size);
    },
    mayRepeat(text) {
      let print = text.length;
      for (let index = Math.max(0, text.length - LENGTH); index < text.length; index++) {
        print = Math.imul(print ^ text.charCodeAt(index), 0x9e3779b1);
      }
      print |= 1; // 0 is a free place
      const first = print >>> 12;
      for (let place = first; place < first + TRIES; place++) {
        const found = table[place & mask]!;
        if (found === 0) table[place & mask] = print;
        if (found === 0 || found === print) return found === print;
      }
      return true;
    },
  };
}
