import type { Xml } from '../metadata/xml.ts';
import { elementKinds } from './elements/elements.ts';
import { stored } from './elements/kind.ts';
import type { Names } from './names.ts';
import { placeOf, refuse } from './problem.ts';
import type { Expression } from './program.ts';
import { declareVariable, resources } from './resources.ts';

/** Collects everything that has a name in a flow; each is compiled when it is first asked for. */
export function collectNames(flow: string, xml: Xml, base: Omit<Names, 'lookup' | 'isVariable'>): Names {
  const sources = new Map<string, { readonly tag: string; readonly xml: Xml; readonly compile: () => Expression }>();
  const compiled = new Map<string, Expression | 'compiling'>();
  const variables = new Set<string>();
  const names: Names = {
    ...base,
    isVariable: (name) => variables.has(name),
    lookup: (name) => {
      const source = sources.get(name);
      if (!source) return undefined;
      const ready = compiled.get(name);
      if (ready === 'compiling') return refuse(placeOf(flow, source.tag, source.xml), 'it refers to itself');
      if (ready) return ready;
      compiled.set(name, 'compiling');
      const expression = source.compile();
      compiled.set(name, expression);
      return expression;
    },
  };
  const each = (tag: string, work: (element: Xml) => readonly (readonly [string, () => Expression])[]) => {
    for (const element of xml.all(tag))
      for (const [name, compile] of work(element)) sources.set(name, { tag, xml: element, compile });
  };
  for (const [tag, compile] of Object.entries(resources))
    each(tag, (resource) => [
      [resource.required('name'), () => compile(placeOf(flow, tag, resource), names, resource)],
    ]);
  each('variables', (variable) => {
    const { name, kind } = declareVariable(placeOf(flow, 'variables', variable), base.schema, variable);
    variables.add(name);
    return [[name, () => stored(name, kind)]];
  });
  for (const [tag, { outputs }] of Object.entries(elementKinds))
    each(tag, (element) => outputs?.(placeOf(flow, tag, element), names, element) ?? []);
  return names;
}
