/** A replay ID on the wire: the position in eight bytes, and two more that clients have no use for. */
export function encodeReplayId(position: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(BigInt(position));
  return bytes;
}

/** Clients that kept a number send the eight bytes alone. Undefined for what no org ever gave out. */
export function decodeReplayId(bytes: Buffer): number | undefined {
  if (bytes.length !== 8 && bytes.length !== 10) return undefined;
  const position = bytes.readBigUInt64BE();
  return position <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(position) : undefined;
}
