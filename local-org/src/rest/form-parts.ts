/** The parts of a `multipart/form-data` body by name; undefined where it is none. */
export function formParts(body: Buffer, contentType = ''): Map<string, Buffer> | undefined {
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) return undefined;
  // One character per byte, and the line end before the first delimiter that the others have.
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary[1] ?? boundary[2]!}`);
  const parts = new Map<string, Buffer>();
  for (const piece of pieces.slice(1, -1)) {
    const end = piece.indexOf('\r\n\r\n');
    const name = /^content-disposition:[^\r\n]*;\s*name="?([^";\r\n]+)"?/im.exec(piece.slice(0, end))?.[1];
    if (end < 0 || name === undefined) return undefined;
    parts.set(name, Buffer.from(piece.slice(end + 4), 'latin1'));
  }
  return parts;
}
