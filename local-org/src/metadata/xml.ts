import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { LoadError } from '../errors.ts';

const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true, isArray: () => true });

type Parsed = string | { [tag: string]: Parsed[] };

/** An element of a metadata file. Every question about it can be asked without knowing whether the tag is there. */
export class Xml {
  readonly file: string;
  readonly #content: Parsed;

  constructor(file: string, content: Parsed) {
    this.file = file;
    this.#content = content;
  }

  get tags(): string[] {
    return typeof this.#content === 'string' ? [] : Object.keys(this.#content).filter((tag) => !/^[#?]/.test(tag));
  }

  all(tag: string): Xml[] {
    const found = typeof this.#content === 'string' ? undefined : this.#content[tag];
    return (found ?? []).map((content) => new Xml(this.file, content));
  }

  one(tag: string): Xml | undefined {
    return this.all(tag)[0];
  }

  /** The text of a child element. */
  text(tag: string): string | undefined {
    return this.one(tag)?.value;
  }

  required(tag: string): string {
    return this.text(tag) ?? this.fail(`<${tag}> is missing`);
  }

  flag(tag: string): boolean {
    return this.text(tag) === 'true';
  }

  number(tag: string): number | undefined {
    const text = this.text(tag);
    return text === undefined ? undefined : Number(text);
  }

  /** The text of this element. */
  get value(): string {
    return typeof this.#content === 'string' ? this.#content : '';
  }

  fail(problem: string): never {
    throw new LoadError(`${this.file}: ${problem}`);
  }
}

/** Reads a metadata file and checks that its root is the expected one. */
export function readXml(path: string, root: string, file = path): Xml {
  const xml = new Xml(file, parse(readFileSync(path, 'utf8'), file));
  return xml.one(root) ?? xml.fail(`<${root}> was expected as its root`);
}

function parse(source: string, file: string): Parsed {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is one more package, for the same check
    return parser.parse(source, true) as Parsed;
  } catch (error) {
    throw new LoadError(`${file}: ${(error as Error).message}`);
  }
}
