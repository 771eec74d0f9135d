/** A list that keeps its room: emptied and filled again for every record, it takes no new memory. */
export interface List {
  count: number;
  readonly items: number[];
}

export const createList = (): List => ({ count: 0, items: [] });

export function push(list: List, item: number): void {
  list.items[list.count++] = item;
}
