import { posix } from 'node:path';
import { LoadError } from '../errors.ts';
import type { SourceFiles } from '../metadata/source-files.ts';
import { parseXml } from '../metadata/xml.ts';
import type { Xml } from '../metadata/xml.ts';
import { kinds, objectParts, workflowParts } from '../metadata/kinds.ts';
import type { Kind } from '../metadata/kinds.ts';

/** One component of a deployment. */
export interface Component {
  readonly type: string;
  /** `Lead.Score__c`, `Sales_Reports/Pipeline` */
  readonly fullName: string;
  /** Its file in the archive: `objects/Lead.object`. */
  readonly file: string;
  readonly xml: Xml;
  /** The same in source format. */
  readonly source: SourceFiles;
  /** The files of a bundle by path in the archive. */
  readonly files?: ReadonlyMap<string, string>;
}

/** Files of an archive that belong together: one in most types, a folder of them in Lightning web components. */
export interface Part {
  readonly kind: Kind;
  readonly fullName: string;
  readonly file: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The part that a file belongs to; undefined for a file of no type that the local org takes. */
export function partOf(path: string): Omit<Part, 'files'> | undefined {
  const [folder = '', ...rest] = path.split('/');
  const name = rest.join('/');
  if (folder === 'lwc') {
    const kind = kinds.find(({ type }) => type === 'LightningComponentBundle')!;
    return rest.length > 1 ? { kind, fullName: rest[0]!, file: `lwc/${rest[0]!}` } : undefined;
  }
  const isFolder = name.endsWith('-meta.xml');
  const suffix = isFolder ? '-meta.xml' : posix.extname(name);
  const kind = kinds.find((each) => each.folder === folder && (isFolder ? !each.suffix : each.suffix === suffix));
  const inFolder = kind?.folderType !== undefined;
  if (!kind || rest.length !== (inFolder ? 2 : 1)) return undefined;
  return { kind, fullName: name.slice(0, -suffix.length), file: path };
}

/** The metadata of a part. Throws a LoadError where its file is not well-formed or has another root. */
export function metadataOf({ kind, fullName, file, files }: Part): Xml {
  const path = kind.type === 'LightningComponentBundle' ? `${file}/${fullName}.js-meta.xml` : file;
  const text = files.get(path);
  if (text === undefined) throw new LoadError(`${path} is missing`);
  return parseXml(text, kind.type, path);
}

/** The components of a part: one, or an object with its fields and the like, or labels. */
export function componentsOf({ kind, fullName, file, files }: Part, xml: Xml): Component[] {
  if (kind.type === 'CustomObject') return objectComponents(fullName, file, xml);
  const source = sourceOf({ kind, fullName, file, files });
  const whole: Component = { type: kind.type, fullName, file, xml, source, files };
  if (kind.type === 'CustomLabels') return [whole, ...xml.all('labels').map((label) => labelComponent(file, label))];
  return kind.type === 'Workflow' ? [whole, ...workflowComponents(whole)] : [whole];
}

function workflowComponents({ fullName, file, xml }: Component): Component[] {
  return xml.children.flatMap((child) => {
    const type = workflowParts[child.tag];
    if (type === undefined) return [];
    return [{ type, fullName: `${fullName}.${child.text('fullName') ?? ''}`, file, xml: child, source: new Map() }];
  });
}

/** A deployment adds labels to those of the org, so each is kept for itself. */
function labelComponent(file: string, xml: Xml): Component {
  const fullName = xml.text('fullName') ?? '';
  const source = new Map([[`labels/${fullName}.label-meta.xml`, xml.toXml({ tag: 'CustomLabel' })]]);
  return { type: 'CustomLabel', fullName, file, xml, source };
}

function objectComponents(object: string, file: string, xml: Xml): Component[] {
  const path = `objects/${object}`;
  const own = xml.toXml({ without: Object.keys(objectParts) });
  const whole: Component = {
    type: 'CustomObject',
    fullName: object,
    file,
    xml,
    source: new Map([[`${path}/${object}.object-meta.xml`, own]]),
  };
  const isNamed = xml.tags.some((tag) => !(tag in objectParts));
  const parts = xml.children.flatMap((child): Component[] => {
    const part = objectParts[child.tag];
    if (!part) return [];
    const name = child.text('fullName') ?? '';
    const text = child.toXml({ tag: part.type });
    const source = new Map([[`${path}/${child.tag}/${name}${part.suffix}-meta.xml`, text]]);
    return [{ type: part.type, fullName: `${object}.${name}`, file, xml: child, source }];
  });
  return isNamed ? [whole, ...parts] : parts;
}

/** Source format has `-meta.xml` behind every metadata file; of other files the local org keeps the names. */
function sourceOf({ kind: { type, folder }, fullName, file, files }: Part): SourceFiles {
  if (type === 'LightningComponentBundle')
    return new Map([...files].map(([path, text]) => [path, path.endsWith('-meta.xml') ? text : '']));
  if (type === 'CustomLabels') return new Map();
  const path = type.endsWith('Folder') ? `${folder}/${fullName}.${type[0]!.toLowerCase()}${type.slice(1)}` : file;
  return new Map([[`${path}-meta.xml`, files.get(file)!]]);
}
