import { crc32, inflateRawSync } from 'node:zlib';

/** The limits of the Metadata API: bytes of the archive, bytes of its files, number of files. */
const most = { archive: 39_000_000, content: 600_000_000, files: 10_000 };

const entrySignature = 0x02014b50;
const stored = 0;
const deflated = 8;

/** An archive that is not a zip, breaks a limit, or would write outside of its folder. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

/** The files of a zip archive by path. Nothing is inflated before the sizes that the archive names are within the limits. */
export function readZip(archive: Buffer): Map<string, Buffer> {
  if (archive.length > most.archive) throw new ZipError(`the zip file is larger than ${most.archive} bytes`);
  try {
    const entries = readEntries(archive).filter(({ name }) => !name.endsWith('/'));
    for (const { name } of entries) checkName(name);
    if (entries.reduce((sum, { size }) => sum + size, 0) > most.content)
      throw new ZipError(`the files of the zip file are larger than ${most.content} bytes`);
    const files = new Map(entries.map((entry) => [entry.name, content(archive, entry)]));
    if (files.size < entries.length) throw new ZipError('the zip file holds a file twice');
    return files;
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError(`the file is not a zip file, or is damaged: ${(error as Error).message}`);
  }
}

function readEntries(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new ZipError('the file is not a zip file');
  const count = archive.readUInt16LE(end + 10);
  if (count > most.files) throw new ZipError(`the zip file holds more than ${most.files} files`);
  const entries: Entry[] = [];
  for (let at = archive.readUInt32LE(end + 16); entries.length < count;) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new ZipError('the zip file is damaged');
    if (archive.readUInt16LE(at + 8) & 1) throw new ZipError('the zip file is encrypted');
    const nameLength = archive.readUInt16LE(at + 28);
    const behind = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    const local = archive.readUInt32LE(at + 42);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      checksum: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      start: local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
    });
    at += 46 + nameLength + behind;
  }
  return entries;
}

function checkName(name: string): void {
  const unsafe = name.startsWith('/') || /[\\\0:]/.test(name) || name.split('/').includes('..');
  if (unsafe) throw new ZipError(`the zip file holds a path that leads outside of it: ${name}`);
}

function content(archive: Buffer, { name, method, checksum, packed, size, start }: Entry): Buffer {
  const bytes = archive.subarray(start, start + packed);
  if (method !== stored && method !== deflated) throw new ZipError(`${name}: the compression is not supported`);
  const whole = method === stored ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  if (whole.length !== size || crc32(whole) !== checksum) throw new ZipError(`${name}: the content is damaged`);
  return whole;
}
