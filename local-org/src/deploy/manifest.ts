import { LoadError } from '../errors.ts';
import { parseXml } from '../metadata/xml.ts';
import { isVersion } from '../rest/versions.ts';
import type { Component } from './component.ts';
import { failureIn, manifest } from './failure.ts';
import type { Failure } from './failure.ts';

/** Where a type's components may stand under the name of another: fields with their object, labels with all labels. */
const parents: Readonly<Record<string, (fullName: string) => [type: string, member: string]>> = {
  CustomLabel: () => ['CustomLabels', 'CustomLabels'],
  ReportFolder: (name) => ['Report', name],
  DashboardFolder: (name) => ['Dashboard', name],
};

/** What belongs to an object stands in its file, or in that of its workflow. */
const ofObject = (type: string, fullName: string): [string, string] => [
  type.startsWith('Workflow') ? 'Workflow' : 'CustomObject',
  fullName.split('.')[0]!,
];

/** A package.xml and the files beside it must name the same components. */
export function manifestFailures(text: string, components: readonly Component[]): Failure[] {
  let listed: Map<string, Set<string>>;
  try {
    listed = readManifest(text);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    return [failureIn(manifest, error.problem)];
  }
  const lists = (type: string, name: string) => {
    const names = listed.get(type);
    return names !== undefined && (names.has('*') || names.has(name) || names.has(`${name}/`));
  };
  const isListed = ({ type, fullName }: Component) =>
    lists(type, fullName) || lists(...(parents[type]?.(fullName) ?? ofObject(type, fullName)));
  const there = new Set(components.flatMap(namesOf));
  const missing = [...listed].flatMap(([type, names]) =>
    [...names]
      .filter((name) => name !== '*' && !there.has(`${type} ${name.replace(/\/$/, '')}`))
      .map((name) =>
        failureIn(
          manifest,
          `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`,
        ),
      ),
  );
  const unlisted = components
    .filter((component) => !isListed(component))
    .map(({ type, fullName, file }) => ({ ...failureIn(file, 'Not in package.xml'), type, fullName }));
  return [...missing, ...unlisted];
}

/** The names under which package.xml may list a component. */
function namesOf({ type, fullName }: Component): string[] {
  const own = `${type} ${fullName}`;
  if (type.endsWith('Folder')) return [own, `${type.slice(0, -'Folder'.length)} ${fullName}`];
  return fullName.includes('.') ? [own, `CustomObject ${fullName.split('.')[0]!}`] : [own];
}

function readManifest(text: string): Map<string, Set<string>> {
  const xml = parseXml(text, 'Package', manifest);
  const version = xml.text('version') ?? '';
  if (!isVersion(version)) xml.fail(`Invalid version specified:${version}`);
  const listed = new Map<string, Set<string>>();
  for (const types of xml.all('types')) {
    const name = types.required('name');
    const members = types.all('members').map(({ value }) => value);
    listed.set(name, new Set([...(listed.get(name) ?? []), ...members]));
  }
  return listed;
}
