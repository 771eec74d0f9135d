import type { LoadError } from '../errors.ts';
import type { Component } from './component.ts';
import { failureIn, manifest } from './failure.ts';
import type { Failure } from './failure.ts';
import { problemOf } from './problem.ts';

/** The component that an error in loading is about: it names the file, the flow or the object. */
export function blame(error: LoadError, components: readonly Component[]): Failure {
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

/** The field whose change is refused, or its object where it is one of the object's own. */
export function blameField(field: string, problem: string, components: readonly Component[]): Failure {
  const object = field.split('.')[0]!;
  const component =
    components.find(({ type, fullName }) => type === 'CustomField' && fullName === field) ??
    components.find(({ type, fullName }) => type === 'CustomObject' && fullName === object);
  if (!component) return failureIn(manifest, `${field}: ${problem}`);
  const { type, fullName, file, xml } = component;
  return { type, fullName, file, problem, ...xml.place };
}
