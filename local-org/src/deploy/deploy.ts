import { LoadError } from '../errors.ts';
import { componentPath, withChanges } from '../metadata/source-files.ts';
import type { SourceFiles } from '../metadata/source-files.ts';
import type { Schema } from '../schema/types.ts';
import type { Database } from '../store/database.ts';
import { blame, blameField } from './blame.ts';
import { bundleProblems } from './bundle.ts';
import { refusedChanges } from './changes.ts';
import type { Component } from './component.ts';
import type { Failure } from './failure.ts';
import { inventoryOf } from './inventory.ts';
import { objectRuleProblems } from './object-rules.ts';
import { readPackage } from './package.ts';
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
  const rollback = options.rollbackOnError === true;
  const { accepted, failures } =
    unreadable.length > 0 && rollback ? { accepted: components, failures: [] } : judge(target, components);
  const all = [...unreadable, ...failures];
  const known = new Map([...target.files].map(([path, text]) => [componentPath(path), normal(text)]));
  const successes = accepted.map((component) => success(known, component));
  if ((all.length === 0 || !rollback) && options.checkOnly !== true && accepted.length > 0)
    target.install(sourceOf(accepted));
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
    if (wrong.length === 0) return { accepted, failures };
    // What is wrong with no component in particular is wrong with all of them together.
    accepted = left.length < accepted.length ? left : [];
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
  const refused = refusedChanges(target.database, target.schema, schema).map(({ field, problem }) =>
    blameField(field, problem, components),
  );
  return [...dangling, ...refused];
}

const failures = (
  { type, fullName, file }: Component,
  problems: readonly Omit<Failure, 'type' | 'fullName' | 'file'>[],
) => problems.map((problem): Failure => ({ type, fullName, file, ...problem }));

function success(known: SourceFiles, { type, fullName, file, source }: Component): Success {
  const files = [...source].map(([path, text]) => ({ text: normal(text), old: known.get(path) }));
  return {
    type,
    fullName,
    file,
    created: files.length > 0 && files.every(({ old }) => old === undefined),
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
