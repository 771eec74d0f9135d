import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive; what is not given is as it should be. */
export interface Packed {
  readonly name: string;
  readonly content: string;
  /** What the archive claims. */
  readonly size?: number;
  readonly checksum?: number;
}

/** A zip archive of these files, written as every zip program does. */
export function zip(files: readonly Packed[]): Buffer {
  let offset = 0;
  const entries = files.map(({ name, content, size, checksum }) => {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(checksum ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const central = Buffer.alloc(42);
    common.copy(central, 2);
    central.writeUInt32LE(offset, 38);
    offset += local.length;
    return { local, central: Buffer.concat([Buffer.from('PK\x01\x02'), central, Buffer.from(name)]) };
  });
  const directory = Buffer.concat(entries.map(({ central }) => central));
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries.map(({ local }) => local), directory, Buffer.from('PK\x05\x06'), end]);
}

/** An archive in metadata format: the files, and the package.xml that names these components. */
export function archive(
  components: Readonly<Record<string, readonly string[]>>,
  files: Readonly<Record<string, string>>,
) {
  const types = Object.entries(components).map(
    ([name, members]) =>
      `<types>${members.map((each) => `<members>${each}</members>`).join('')}<name>${name}</name></types>`,
  );
  const manifest = `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types.join('')}<version>66.0</version></Package>`;
  return zip(Object.entries({ ...files, 'package.xml': manifest }).map(([name, content]) => ({ name, content })));
}
