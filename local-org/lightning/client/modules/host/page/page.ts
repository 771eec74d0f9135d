import type { PageModel } from '../../../../page-model.ts';

export type { FlexiPage, PageModel, Region, Tab } from '../../../../page-model.ts';

/** What the server put into the page. */
export const page = JSON.parse(document.getElementById('page')?.textContent ?? '{}') as PageModel;
