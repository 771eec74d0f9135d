import { LightningElement, api, wire } from 'lwc';
import { getRecord, updateRecord, type RecordRepresentation } from 'lightning/uiRecordApi';
import type { Model } from 'c/scoringCore';
import { edit, historyOf, redo, undo, type History } from 'c/editHistory';
import { draftFrom, findingsOf, type Finding } from 'c/modelDraft';
import type ModelVersions from 'c/modelVersions';
import { publish } from './publish';
import { FIELDS, openedFrom } from './record';
import { TABS, generalIn, tabsWith, type Tab } from './tabs';
import title from '@salesforce/label/c.Builder_Title';
import undoLabel from '@salesforce/label/c.Builder_Undo';
import redoLabel from '@salesforce/label/c.Builder_Redo';
import didNotLoad from '@salesforce/label/c.Builder_Did_Not_Load';
import didNotSave from '@salesforce/label/c.Builder_Did_Not_Save';
import saved from '@salesforce/label/c.Builder_Saved';
import saving from '@salesforce/label/c.Builder_Saving';
import unsaved from '@salesforce/label/c.Builder_Unsaved';
import published from '@salesforce/label/c.Builder_Published';
import publishing from '@salesforce/label/c.Builder_Publishing';
import loading from '@salesforce/label/c.Loading';

/** How long an edit waits for the next before the draft is saved, and before it is checked. */
const SAVE_AFTER = 1000;
const CHECK_AFTER = 200;

type State = 'published' | 'saved' | 'unsaved' | 'saving' | 'publishing';

const STATES: Record<State, string> = { published, saved, unsaved, saving, publishing };

/** The draft of a scoring model: saved as it is edited, scoring nothing until it is published. */
export default class ModelBuilder extends LightningElement {
  @api recordId?: string;

  label = { title, undo: undoLabel, redo: redoLabel, didNotLoad, didNotSave, loading };
  fields = FIELDS;
  history?: History<Model>;
  published?: Model;
  version = 0;
  findings: Finding[] = [];
  errors?: unknown;
  saveErrors?: unknown;
  state: State = 'published';
  tab: Tab = 'rules';
  saveTimer?: ReturnType<typeof setTimeout>;
  checkTimer?: ReturnType<typeof setTimeout>;

  /** Only the first answer counts: afterwards the draft here is newer than any other. */
  @wire(getRecord, { recordId: '$recordId', fields: '$fields' })
  wiredModel({ data, error }: { data?: RecordRepresentation; error?: unknown }): void {
    if (this.history) return;
    this.errors = error;
    if (!data) return;
    try {
      const { draft, isEdited, published: definition, version } = openedFrom(data);
      this.history = historyOf(draft);
      this.state = isEdited ? 'saved' : 'published';
      this.published = definition;
      this.version = version;
      this.check();
    } catch (problem) {
      this.errors = problem;
    }
  }

  disconnectedCallback(): void {
    clearTimeout(this.checkTimer);
    if (this.state === 'unsaved') void this.save();
  }

  get draft(): Model | undefined {
    return this.history?.present;
  }

  get isLoading(): boolean {
    return !this.history && !this.errors;
  }

  get stateText(): string {
    return this.history ? STATES[this.state] : '';
  }

  get hasNoPast(): boolean {
    return !this.history?.past.length;
  }

  get hasNoFuture(): boolean {
    return !this.history?.future.length;
  }

  get tabs(): ReturnType<typeof tabsWith> {
    return tabsWith(this.findings);
  }

  /** What is wrong with no part that has an editor of its own. */
  get generalFindings(): Finding[] {
    return generalIn(this.findings);
  }

  get isRules(): boolean {
    return this.tab === 'rules';
  }

  get isGates(): boolean {
    return this.tab === 'gates';
  }

  get isRatings(): boolean {
    return this.tab === 'thresholds';
  }

  get isGrades(): boolean {
    return this.tab === 'grades';
  }

  get isSettings(): boolean {
    return this.tab === 'settings';
  }

  get isVersions(): boolean {
    return this.tab === 'versions';
  }

  get isBusy(): boolean {
    return this.state === 'publishing';
  }

  handleTab(event: CustomEvent<undefined> & { target: { value?: string } }): void {
    const value = event.target.value as Tab | undefined;
    if (value && TABS.includes(value)) this.tab = value;
  }

  handleChange(event: CustomEvent<{ value: Model }>): void {
    event.stopPropagation();
    this.become(edit(this.history!, event.detail.value, event.timeStamp));
  }

  handleUndo(): void {
    this.become(undo(this.history!));
  }

  handleRedo(): void {
    this.become(redo(this.history!));
  }

  /** Undo is of the model's edits, wherever the focus is. */
  handleKey(event: KeyboardEvent): void {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    if (!isUndo || !this.history) return;
    event.preventDefault();
    this.become(event.shiftKey ? redo(this.history) : undo(this.history));
  }

  handleRestore(event: CustomEvent<{ definition: string }>): void {
    this.become(edit(this.history!, draftFrom(event.detail.definition), event.timeStamp));
  }

  async handlePublish(event: CustomEvent<{ note: string }>): Promise<void> {
    clearTimeout(this.saveTimer);
    const draft = this.draft!;
    const version = this.version + 1;
    this.state = 'publishing';
    try {
      await publish({ recordId: this.recordId!, draft, version, note: event.detail.note });
      this.saveErrors = undefined;
      this.published = draft;
      this.version = version;
      if (this.draft === draft) this.state = 'published';
      await (this.refs?.['versions'] as ModelVersions | undefined)?.refresh();
    } catch (error) {
      this.saveErrors = error;
      this.state = 'unsaved';
    }
  }

  become(history: History<Model>): void {
    if (history === this.history) return;
    this.history = history;
    this.state = 'unsaved';
    clearTimeout(this.saveTimer);
    clearTimeout(this.checkTimer);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- it waits for the next edit
    this.saveTimer = setTimeout(() => void this.save(), SAVE_AFTER);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- it waits for the next edit
    this.checkTimer = setTimeout(() => {
      this.check();
    }, CHECK_AFTER);
  }

  check(): void {
    this.findings = this.draft ? findingsOf(this.draft) : [];
  }

  /** An edit during the save leaves the state as it is, so that the next save takes it. */
  async save(): Promise<void> {
    clearTimeout(this.saveTimer);
    const { draft } = this;
    this.state = 'saving';
    try {
      await updateRecord({ fields: { Id: this.recordId!, Draft__c: JSON.stringify(draft) } });
      this.saveErrors = undefined;
      if (this.draft === draft) this.state = 'saved';
    } catch (error) {
      this.saveErrors = error;
      this.state = 'unsaved';
    }
  }
}
