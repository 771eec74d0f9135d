import { LoadError } from '../errors.ts';
import { componentPath, withChanges } from '../metadata/source-files.ts';
import type { SourceFiles } from '../metadata/source-files.ts';
import type { Schema } from '../schema/types.ts';
import type { Database } from '../store/database.ts';
import { bundleProblems } from './bundle.ts';
import { refusedChanges } from './changes.ts';
import type { Component } from './component.ts';
import { failureIn, manifest } from './failure.ts';
import type { Failure } from './failure.ts';
import { inventoryOf } from './inventory.ts';
import { objectRuleProblems } from './object-rules.ts';
import { readPackage } from './package.ts';
import { problemOf } from './problem.ts';
import { referenceProblems } from './references.ts';
import { readZip } from './zip.ts';

/** What a deployment needs of the org that it changes. */
export interface DeployTarget {
  readonly database: Database;
  readonly schema: Schema;
  /** The metadata that the org has. */
  readonly files: SourceFiles;
  /** What these files would make of the org. Throws a LoadError where it cannot be. */
  readonly compile: (files: SourceFiles) => Schema;
  /** Makes it so, for good. */
  readonly install: (changes: SourceFiles) => void;
}

export interface DeployOptions {
  /** Only says what would happen. */
  readonly checkOnly?: boolean;
  /** One failure keeps all components out; otherwise those without failures are deployed. */
  readonly rollbackOnError?: boolean;
}

export interface Success {
  readonly type: string;
  readonly fullName: string;
  readonly file: string;
  readonly created: boolean;
  readonly changed: boolean;
}

export interface Deployed {
  readonly successes: readonly Success[];
  readonly failures: readonly Failure[];
}

/** Deploys a zip archive in metadata format. Throws a ZipError where it is none. */
export function deploy(target: DeployTarget, archive: Buffer, options: DeployOptions): Deployed {
  const { components, failures: unreadable } = readPackage(readZip(archive));
  const { accepted, failures } =
    unreadable.length > 0 ? { accepted: components, failures: [] } : judge(target, components);
  const all = [...unreadable, ...failures];
  const isKept = all.length === 0 || (options.rollbackOnError !== true && unreadable.length === 0);
  const known = new Map([...target.files].map(([path, text]) => [componentPath(path), normal(text)]));
  const successes = accepted.map((component) => success(known, component));
  if (isKept && options.checkOnly !== true && accepted.length > 0) target.install(sourceOf(accepted));
  return { successes, failures: all };
}

/** Which components could be deployed together, and what is wrong with the others, and with what needs those. */
function judge(target: DeployTarget, components: readonly Component[]) {
  const failures: Failure[] = [];
  for (let accepted = components; ;) {
    const wrong = problemsOf(target, accepted);
    failures.push(...wrong);
    const left = accepted.filter(({ type, fullName }) =>
      wrong.every((failure) => failure.type !== type || failure.fullName !== fullName),
    );
    if (left.length === accepted.length) return { accepted: left, failures };
    accepted = left;
  }
}

/** What is wrong with components by themselves; where nothing is, with what they would make of the org. */
function problemsOf(target: DeployTarget, components: readonly Component[]): Failure[] {
  const byRule = components.flatMap((component) => failures(component, objectRuleProblems(component)));
  if (byRule.length > 0) return byRule;
  const files = withChanges(target.files, sourceOf(components));
  let schema: Schema;
  try {
    schema = target.compile(files);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    return [blame(error, components)];
  }
  const inventory = inventoryOf(files, schema);
  const dangling = components.flatMap((component) =>
    failures(component, [
      ...referenceProblems(component, inventory).filter((problem) => problem !== undefined),
      ...bundleProblems(component, inventory),
    ]),
  );
  const refused = refusedChanges(target.database, target.schema, schema).flatMap(({ field, problem }) => {
    const component = components.find(({ type, fullName }) => type === 'CustomField' && fullName === field);
    return component ? failures(component, [{ problem, ...component.xml.place }]) : [failureIn(manifest, problem)];
  });
  return [...dangling, ...refused];
}

const failures = (
  { type, fullName, file }: Component,
  problems: readonly Omit<Failure, 'type' | 'fullName' | 'file'>[],
) => problems.map((problem): Failure => ({ type, fullName, file, ...problem }));

/** The component that an error in loading is about: it names the file, the flow or the object. */
function blame(error: LoadError, components: readonly Component[]): Failure {
  const { message } = error;
  const flow = /^Flow (\w+):/.exec(message)?.[1];
  const field = /^(\w+\.\w+) /.exec(message)?.[1];
  const object = /^objects\/(\w+):/.exec(message)?.[1];
  const component = components.find(
    ({ type, fullName, source }) =>
      [...source.keys()].some((path) => message.startsWith(`${path}:`)) ||
      (type === 'Flow' && fullName === flow) ||
      (type === 'CustomField' && (fullName === field || fullName.split('.')[0] === object)),
  );
  const { problem, line, column } = problemOf(error);
  if (!component) return failureIn(manifest, message);
  // The position in a file of several components is that of the component.
  const place = component.file.endsWith('.object') ? component.xml.place : { line, column };
  return { type: component.type, fullName: component.fullName, file: component.file, problem, ...place };
}

function success(known: SourceFiles, { type, fullName, file, source }: Component): Success {
  const files = [...source].map(([path, text]) => ({ text: normal(text), old: known.get(path) }));
  return {
    type,
    fullName,
    file,
    created: files.every(({ old }) => old === undefined),
    changed: files.some(({ text, old }) => old !== text),
  };
}

/** Metadata without what says nothing: the declaration, the namespace, indentation. */
const normal = (text: string) =>
  text
    .replace(/^<\?xml[^>]*>|\sxmlns="[^"]*"/g, '')
    .replace(/>\s+</g, '><')
    .trim();

const sourceOf = (components: readonly Component[]): SourceFiles =>
  new Map(components.flatMap(({ source }) => [...source]));
