/** An element of a request as the parser gives it: text, or its children by name; attributes begin with `@`. */
export type Node = string | { readonly [name: string]: Node | readonly Node[] };

/** The children of one name, however many there are. */
export function children(node: Node, name: string): Node[] {
  const found = typeof node === 'object' ? node[name] : undefined;
  return found === undefined ? [] : isList(found) ? [...found] : [found];
}

const isList = (found: Node | readonly Node[]): found is readonly Node[] => Array.isArray(found);

/** The text of an element; undefined where it is empty. */
export function textOf(node: Node | undefined): string | undefined {
  if (typeof node === 'object') return textOf(children(node, '#text')[0]);
  return node === '' ? undefined : node;
}

/** The text of the first child of a name. */
export const text = (node: Node, name: string): string | undefined => textOf(children(node, name)[0]);

export const flag = (node: Node, name: string): boolean => /^(true|1)$/.test(text(node, name) ?? '');

/** The texts of all children of a name. */
export const texts = (node: Node, name: string): string[] => children(node, name).map((each) => textOf(each) ?? '');
