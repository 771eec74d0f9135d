import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { LoadError } from '../errors.ts';
import { escapeXml } from '../xml.ts';

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** A node as the parser gives it: one key, its tag or `#text`, and where in the source it starts. */
type Node = Readonly<Record<string, readonly Node[] | string>>;

const positionOf = XMLParser.getMetaDataSymbol() as unknown as keyof Node;

/** An element of a metadata file. Every question about it can be asked without knowing whether the tag is there. */
export class Xml {
  readonly file: string;
  readonly tag: string;
  /** The child elements, in order. */
  readonly children: readonly Xml[];
  /** The text of this element; empty where it has child elements. */
  readonly value: string;
  readonly #source: string;
  readonly #start: number;

  constructor(file: string, source: string, node: Node) {
    const [tag, content] = Object.entries(node).find(([key]) => key !== ':@') as [string, readonly Node[]];
    this.file = file;
    this.tag = tag;
    this.children = content.filter((child) => !('#text' in child)).map((child) => new Xml(file, source, child));
    this.value = this.children.length > 0 ? '' : content.map((child) => child['#text'] as string).join('');
    this.#source = source;
    this.#start = (node[positionOf] as unknown as { startIndex: number }).startIndex;
  }

  /** The tags of the child elements, each once. */
  get tags(): string[] {
    return [...new Set(this.children.map(({ tag }) => tag))];
  }

  all(tag: string): Xml[] {
    return this.children.filter((child) => child.tag === tag);
  }

  one(tag: string): Xml | undefined {
    return this.children.find((child) => child.tag === tag);
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

  /** Where it begins in its file, both from 1. */
  get place(): { readonly line: number; readonly column: number } {
    const lines = this.#source.slice(0, this.#start).split('\n');
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  }

  fail(problem: string): never {
    throw new LoadError(`${this.file}: ${problem}`, { problem, ...this.place });
  }

  /** The element as XML again, under another tag and without the child elements of some tags where asked for. */
  toXml({ tag = this.tag, without = [] }: { tag?: string; without?: readonly string[] } = {}): string {
    const inner = this.children.filter((child) => !without.includes(child.tag)).map((child) => child.toXml());
    return `<${tag}>${inner.join('') || escapeXml(this.value)}</${tag}>`;
  }
}

/** Reads a metadata file and checks that its root is the expected one. */
export const readXml = (path: string, root: string, file = path): Xml =>
  parseXml(readFileSync(path, 'utf8'), root, file);

/** The root element of a metadata file. `file` names it in errors. */
export function parseXml(source: string, root: string, file: string): Xml {
  const [element, ...more] = parse(source, file)
    .filter((node) => !Object.keys(node).some((key) => /^[#?]/.test(key)))
    .map((node) => new Xml(file, source, node));
  if (element?.tag === root && more.length === 0) return element;
  throw new LoadError(`${file}: <${root}> was expected as its root`, {
    problem: `<${root}> was expected as its root`,
    line: 1,
    column: 1,
  });
}

function parse(source: string, file: string): Node[] {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is one more package, for the same check
    return parser.parse(source, true) as Node[];
  } catch (error) {
    const [, problem = '', line = '1', column = '1'] = /^(.*?)(?::(\d+):(\d+))?$/s.exec((error as Error).message) ?? [];
    throw new LoadError(`${file}: ${(error as Error).message}`, { problem, line: +line, column: +column });
  }
}
