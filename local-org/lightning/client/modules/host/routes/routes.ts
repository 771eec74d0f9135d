/** A page reference, as far as the host has pages. */
export interface PageReference {
  type: string;
  attributes: Record<string, string>;
  state?: Record<string, string>;
}

/** The page reference of a path of Lightning Experience; undefined where the host has no such page. */
export function referenceOf(path: string): PageReference | undefined {
  const [, first, second = '', third = '', fourth = ''] = path.replace(/^\/lightning/, '').split('/');
  if (first === 'n' && second) return { type: 'standard__navItemPage', attributes: { apiName: second } };
  if (first === 'r' && third) {
    return {
      type: 'standard__recordPage',
      attributes: { objectApiName: second, recordId: third, actionName: fourth || 'view' },
    };
  }
  if (first === 'o' && second) {
    return { type: 'standard__objectPage', attributes: { objectApiName: second, actionName: third || 'list' } };
  }
  return undefined;
}

export function pathOf({ type, attributes }: PageReference): string {
  const { apiName, objectApiName, recordId, actionName, url } = attributes;
  if (type === 'standard__navItemPage') return `/lightning/n/${apiName}`;
  if (type === 'standard__recordPage') return `/lightning/r/${objectApiName}/${recordId}/${actionName ?? 'view'}`;
  if (type === 'standard__objectPage') return `/lightning/o/${objectApiName}/${actionName ?? 'list'}`;
  if (type === 'standard__webPage' && url) return url;
  throw new Error(`the page host does not know the page type ${type}`);
}

/** Dispatched on window after the address has changed. */
export const NAVIGATED = 'host:navigated';

/** Shows another page of the app without loading anything anew; anything else is opened by the browser. */
export function navigate(path: string, replace = false): void {
  if (!path.startsWith('/lightning/')) return void window.open(path, '_blank', 'noopener');
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  window.dispatchEvent(new CustomEvent(NAVIGATED));
}
