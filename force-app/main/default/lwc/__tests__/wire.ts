import { createElement, type LightningElement } from 'lwc';
import { graphql } from 'lightning/graphql';

interface GraphqlStub {
  emit(
    data: unknown,
    filter?: (config: { variables?: Record<string, unknown> }) => boolean,
    refresh?: () => Promise<void>,
  ): void;
  emitErrors(errors: unknown[]): void;
  getLastConfig(): { query?: object; variables?: Record<string, unknown> };
}

/** The wire adapter `graphql` as sfdx-lwc-jest stubs it. */
export const wire = graphql as unknown as GraphqlStub;

/** Puts a component on the page. */
export function show<Properties extends object>(
  tag: string,
  is: typeof LightningElement,
  properties?: Properties,
): HTMLElement & Properties & { shadowRoot: ShadowRoot } {
  const element = Object.assign(createElement(tag, { is }), properties);
  document.body.append(element);
  return element as HTMLElement & Properties & { shadowRoot: ShadowRoot };
}

/** Text of an element, of what is slotted into it, and of the components inside it, whose shadows are their own. */
export function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  const shadow = node instanceof Element && node.shadowRoot ? [node.shadowRoot] : [];
  return [...shadow, ...node.childNodes].map(textOf).join(' ');
}

/** Resolves when the components have rendered, and what that led to has too. */
// eslint-disable-next-line @lwc/lwc/no-async-operation -- it waits for the components
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
