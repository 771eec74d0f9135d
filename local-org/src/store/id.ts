const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character ID of the n-th record with this key prefix. */
export function makeId(keyPrefix: string, n: number): string {
  let serial = '';
  for (let rest = n; rest > 0; rest = Math.floor(rest / 62)) serial = digits[rest % 62]! + serial;
  return withChecksum(keyPrefix + serial.padStart(12, '0'));
}

/** The 18-character form of an ID of 15 or 18 characters in any of its spellings; undefined where it is not an ID. */
export function canonicalId(id: unknown): string | undefined {
  if (typeof id !== 'string' || !/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(id)) return undefined;
  const full = withChecksum(id.slice(0, 15));
  return id.length === 15 || full === id ? full : restoreCase(id);
}

/** Three characters that say which of the 15 are upper case, five bits each. */
export function withChecksum(id: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(id[block + i]!)) bits |= 1 << i;
    suffix += checks[bits]!;
  }
  return id + suffix;
}

/** An 18-character ID whose case was lost on the way (a spreadsheet, a URL in capitals) is repaired by its checksum. */
function restoreCase(id: string): string | undefined {
  const bits = Array.from(id.slice(15).toUpperCase(), (check) => checks.indexOf(check));
  if (bits.includes(-1)) return undefined;
  const restored = Array.from(id.slice(0, 15), (char, i) =>
    (bits[Math.floor(i / 5)]! >> (i % 5)) & 1 ? char.toUpperCase() : char.toLowerCase(),
  );
  return withChecksum(restored.join(''));
}
