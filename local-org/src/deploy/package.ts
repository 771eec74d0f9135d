import { LoadError } from '../errors.ts';
import { parseXml } from '../metadata/xml.ts';
import { componentsOf, metadataOf, partOf } from './component.ts';
import type { Component, Part } from './component.ts';
import { failureIn, manifest } from './failure.ts';
import type { Failure } from './failure.ts';
import { manifestFailures } from './manifest.ts';
import { problemOf } from './problem.ts';
import { shapeProblems } from './shape.ts';

export interface Package {
  readonly components: readonly Component[];
  readonly failures: readonly Failure[];
}

/** The components in the files of an archive: those that Salesforce could parse. */
export function readPackage(archive: ReadonlyMap<string, Buffer>): Package {
  const files = filesOf(archive);
  const listed = files.get(manifest);
  if (listed === undefined) return { components: [], failures: [failureIn(manifest, 'No package.xml found')] };
  const failures: Failure[] = [];
  const parts = new Map<string, Part & { readonly files: Map<string, string> }>();
  for (const [path, text] of files) {
    const part = partOf(path);
    if (part) {
      const key = `${part.kind.type} ${part.fullName}`;
      const known = parts.get(key) ?? { ...part, files: new Map<string, string>() };
      parts.set(key, known);
      known.files.set(path, text);
    } else if (path !== manifest && !isEmptyManifest(path, text)) failures.push(failureIn(path, notSupported(path)));
  }
  const components = [...parts.values()].flatMap((part) => {
    const { components: found, failures: wrong } = readPart(part);
    failures.push(...wrong);
    return found;
  });
  if (failures.length === 0) failures.push(...manifestFailures(listed, components));
  return { components, failures };
}

function readPart(part: Part): Package {
  const { kind, fullName, file } = part;
  const component = { type: kind.type, fullName, file };
  try {
    const xml = metadataOf(part);
    const problems = shapeProblems(xml, kind.type);
    if (problems.length > 0) return { components: [], failures: problems.map((each) => ({ ...component, ...each })) };
    return { components: componentsOf(part, xml), failures: [] };
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    const { problem, line, column } = problemOf(error);
    return { components: [], failures: [{ ...component, problem: `Error parsing file: ${problem}`, line, column }] };
  }
}

/** The files below the folder of package.xml; an archive may have one around them. */
function filesOf(archive: ReadonlyMap<string, Buffer>): Map<string, string> {
  const [path] = [...archive.keys()].filter((name) => /^([^/]+\/)?package\.xml$/.test(name)).sort();
  const folder = path?.slice(0, -manifest.length) ?? '';
  return new Map(
    [...archive]
      .filter(([name]) => name.startsWith(folder))
      .map(([name, content]) => [name.slice(folder.length), content.toString()]),
  );
}

/** The list of what is to be deleted, where it lists nothing. */
const isEmptyManifest = (path: string, text: string): boolean =>
  /^destructiveChanges\w*\.xml$/.test(path) && parseXml(text, 'Package', path).all('types').length === 0;

const notSupported = (path: string): string =>
  path.startsWith('destructiveChanges')
    ? 'destructive changes are not supported by the local org'
    : `metadata of the kind of ${path} is not supported by the local org`;
