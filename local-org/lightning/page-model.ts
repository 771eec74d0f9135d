/** The app as its metadata describes it; the server computes it from the package and puts it into the page. */
export interface PageModel {
  apiVersion: string;
  user: { id: string; name: string };
  /** Names of the permissions that the user has. */
  permissions: { user: readonly string[]; custom: readonly string[] };
  app: { label: string; color: string; tabs: Tab[] };
  /** Lightning pages by name. */
  flexipages: Record<string, FlexiPage>;
  /** Record page of each object that has one. */
  recordPages: Record<string, string>;
}

export interface Tab {
  name: string;
  label: string;
  url: string;
  /** The Lightning page that the tab shows, or the object whose list. */
  flexipage?: string;
  object?: string;
}

export interface FlexiPage {
  label: string;
  regions: Region[];
}

export interface Region {
  name: string;
  components: { id: string; name: string; properties: Record<string, unknown> }[];
}
