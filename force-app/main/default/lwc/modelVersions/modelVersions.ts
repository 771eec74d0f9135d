import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { parseModel, type Model } from 'c/scoringCore';
import { formatLabel } from 'c/formatLabel';
import { modelIn } from 'c/modelDraft';
import { changesBetween } from './changes';
import {
  DEFINITIONS_QUERY,
  VERSIONS_QUERY,
  definitionsFrom,
  versionsFrom,
  type DefinitionsData,
  type Version,
  type VersionsData,
} from './versions';
import changes from '@salesforce/label/c.Versions_Changes';
import noChanges from '@salesforce/label/c.Versions_No_Changes';
import firstVersion from '@salesforce/label/c.Versions_First';
import note from '@salesforce/label/c.Versions_Note';
import blocked from '@salesforce/label/c.Versions_Blocked';
import publish from '@salesforce/label/c.Versions_Publish';
import versions from '@salesforce/label/c.Versions_Title';
import noVersions from '@salesforce/label/c.Versions_None';
import version from '@salesforce/label/c.Versions_Version';
import show from '@salesforce/label/c.Versions_Show_Changes';
import hide from '@salesforce/label/c.Versions_Hide_Changes';
import restore from '@salesforce/label/c.Versions_Restore';
import didNotLoad from '@salesforce/label/c.Versions_Did_Not_Load';
import loading from '@salesforce/label/c.Loading';

const MOST = 100;

interface Row extends Version {
  name: string;
  isOpen: boolean;
  toggleText: string;
  changes?: string[];
}

/**
 * What publishing the draft would change, and what earlier versions changed.
 * @fires publish with `note`
 * @fires restore with `definition`, the text of an earlier version
 */
export default class ModelVersions extends LightningElement {
  @api recordId?: string;
  @api draft!: Model;
  /** What is published now; nothing before the first time. */
  @api published?: Model;
  @api busy = false;

  label = { changes, noChanges, note, blocked, publish, versions, noVersions, restore, didNotLoad, loading };
  query = VERSIONS_QUERY;
  note = '';
  versions?: Version[];
  definitions = new Map<string, string>();
  errors?: unknown[];
  open?: string;
  wanted?: string;
  refreshVersions?: () => Promise<void>;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredVersions({ data, errors, refresh }: GraphqlResult<VersionsData>): void {
    this.refreshVersions = refresh;
    this.errors = errors;
    if (data) this.versions = versionsFrom(data);
  }

  @wire(graphql, { query: '$definitionsQuery', variables: '$definitionsVariables' })
  wiredDefinitions({ data, errors }: GraphqlResult<DefinitionsData>): void {
    if (errors) this.errors = errors;
    if (!data) return;
    this.definitions = new Map([...this.definitions, ...definitionsFrom(data)]);
    this.restoreWanted();
  }

  /** Reads the versions anew, after one was published. */
  @api
  async refresh(): Promise<void> {
    this.note = '';
    await this.refreshVersions?.();
  }

  get variables(): object | undefined {
    return this.recordId ? { model: this.recordId, first: MOST } : undefined;
  }

  /** Of the version that is open or wanted, and of the one before it. */
  get definitionsVariables(): { ids: string[] } {
    const index = this.versions?.findIndex(({ id }) => id === (this.wanted ?? this.open)) ?? -1;
    const ids = index < 0 ? [] : this.versions!.slice(index, index + 2).map(({ id }) => id);
    return { ids: ids.filter((id) => !this.definitions.has(id)) };
  }

  get definitionsQuery(): typeof DEFINITIONS_QUERY | undefined {
    return this.definitionsVariables.ids.length > 0 ? DEFINITIONS_QUERY : undefined;
  }

  get changes(): string[] {
    if (!this.published) return [firstVersion];
    const parsed = parseModel(this.draft);
    return (parsed.ok && changesBetween(this.published, parsed.model)) || [];
  }

  get isBlocked(): boolean {
    return !parseModel(this.draft).ok;
  }

  get cannotPublish(): boolean {
    return this.busy || this.isBlocked || this.changes.length === 0;
  }

  get hasNoVersion(): boolean {
    return this.versions?.length === 0;
  }

  get rows(): Row[] {
    return (this.versions ?? []).map((each, index) => {
      const isOpen = each.id === this.open;
      return {
        ...each,
        name: formatLabel(version, each.number),
        isOpen,
        toggleText: isOpen ? hide : show,
        changes: isOpen ? this.changesOf(index) : undefined,
      };
    });
  }

  changesOf(index: number): string[] | undefined {
    const [own, before] = this.versions!.slice(index, index + 2);
    if (!before) return [firstVersion];
    if (!this.definitions.has(own!.id) || !this.definitions.has(before.id)) return undefined;
    const found = changesBetween(modelIn(this.definitions.get(before.id)), modelIn(this.definitions.get(own!.id)));
    return found?.length ? found : [noChanges];
  }

  handleNote(event: CustomEvent<{ value: string }>): void {
    this.note = event.detail.value;
  }

  handlePublish(): void {
    this.dispatchEvent(new CustomEvent('publish', { detail: { note: this.note.trim() } }));
  }

  handleToggle(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    this.open = this.open === id ? undefined : id;
  }

  handleRestore(event: Event): void {
    this.wanted = (event.currentTarget as HTMLElement).dataset['id'];
    this.restoreWanted();
  }

  /** As soon as the definition is there. */
  restoreWanted(): void {
    const definition = this.wanted && this.definitions.get(this.wanted);
    if (!definition) return;
    this.wanted = undefined;
    this.dispatchEvent(new CustomEvent('restore', { detail: { definition } }));
  }
}
