import { basename } from 'node:path';
import { LoadError } from '../errors.ts';
import type { ObjectDefinition } from '../schema/definition.ts';
import { compile } from './compile.ts';
import { readSource } from './source.ts';
import type { SourceFiles } from './source-files.ts';

/**
 * The files that the org can keep to. What it cannot is left out and told, one by one: a part of a permission set or
 * profile, else a whole file, or all files of an object that it does not have. What depends on it is left out too.
 */
export function supportedFiles(files: SourceFiles, leftOut: (problem: string) => void): SourceFiles {
  let left = readableFiles(files, leftOut);
  for (;;) {
    try {
      compile(left, anyPrefix);
      return left;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      const fewer = without(left, error);
      if (!fewer) throw error;
      leftOut(error.message);
      left = fewer;
    }
  }
}

/** The files that can be read, each by itself: quicker than to find them one by one among all. */
function readableFiles(files: SourceFiles, leftOut: (problem: string) => void): SourceFiles {
  const valueSets = [...files].filter(([path]) => path.endsWith('.globalValueSet-meta.xml'));
  const isReadable = ([path, text]: readonly [string, string]) => {
    try {
      readSource(new Map([...valueSets, [path, text]]));
      return true;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      leftOut(error.message);
      return false;
    }
  };
  const objects = [...files].filter((file) => file[0].endsWith(objectFile) && !isReadable(file));
  const isLost = objects.map(([path]) => ofObject(basename(path, objectFile)));
  return new Map([...files].filter((file) => !isLost.some((lost) => lost(file[0])) && isReadable(file)));
}

const objectFile = '.object-meta.xml';

/** Whether a file belongs to an object. */
const ofObject = (name: string) => (path: string) => path.replaceAll('\\', '/').includes(`/objects/${name}/`);

/** Key prefixes are assigned when the org opens for good. */
const anyPrefix = ({ name }: ObjectDefinition) => name;

/** The files without what an error names; undefined where it names none of them. */
function without(files: SourceFiles, error: LoadError): SourceFiles | undefined {
  const wrong = [...files.keys()].filter(culprit(error.message));
  const [path] = wrong;
  if (path === undefined) return undefined;
  const text = files.get(path)!;
  const fewer = isList(path) ? withoutParts(text, isWrong(error, text)) : text;
  if (fewer !== text) return new Map(files).set(path, fewer);
  return new Map([...files].filter(([each]) => !wrong.includes(each)));
}

/** Which file a message begins with, in each of the ways in which messages name one. */
function culprit(message: string): (path: string) => boolean {
  const ends = (suffix: string) => (path: string) => `/${path.replaceAll('\\', '/')}`.endsWith(suffix);
  const flow = /^Flow (\w+):/.exec(message);
  if (flow) return ends(`/${flow[1]!}.flow-meta.xml`);
  const lookup = /^(\w+)\.(\w+) looks up to /.exec(message);
  if (lookup) return ends(`/objects/${lookup[1]!}/fields/${lookup[2]!}.field-meta.xml`);
  const object = /^objects\/(\w+):/.exec(message);
  if (object) return ofObject(object[1]!);
  return (path) => message.startsWith(`${path}:`);
}

/** Files whose parts stand for themselves. */
const isList = (path: string) => /\.(permissionset|profile)-meta\.xml$/.test(path);

interface Part {
  readonly tag: string;
  readonly text: string;
  /** Where it begins and ends in its file. */
  readonly start: number;
  readonly end: number;
}

/** Which parts of a list an error means: those with the tag or the value that it names, else the one at its place. */
function isWrong({ message, line }: LoadError, text: string): (part: Part) => boolean {
  const tag = /<(\w+)> is not supported/.exec(message)?.[1];
  if (tag !== undefined) return (part) => part.tag === tag;
  const value = /(?:bad value for restricted picklist field:|named) ([\w.]+)(?: found)?$/.exec(message)?.[1];
  if (value !== undefined) return (part) => new RegExp(`>${value}[.<]`).test(part.text);
  const at = text.split('\n').slice(0, line).join('\n').length;
  return ({ start, end }) => start < at && at < end;
}

/** The text of a file without some of the elements below its root. */
function withoutParts(text: string, isLeftOut: (part: Part) => boolean): string {
  return text.replace(/^ {4}<(\w+)>(?:.*|[\s\S]*?^ {4})<\/\1>[ \t]*\r?\n/gm, (part, tag: string, start: number) =>
    isLeftOut({ tag, text: part, start, end: start + part.length }) ? '' : part,
  );
}
