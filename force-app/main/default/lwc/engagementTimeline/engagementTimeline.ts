import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { refreshWhileVisible } from 'c/autoRefresh';
import {
  ENGAGEMENTS_QUERY,
  engagementsFrom,
  type Engagement,
  type Engagements,
  type EngagementsData,
} from './engagements';
import { EVERYTHING, FILTERS } from './filters';
import title from '@salesforce/label/c.Timeline_Title';
import filter from '@salesforce/label/c.Timeline_Filter';
import none from '@salesforce/label/c.Timeline_None';
import noneOfThese from '@salesforce/label/c.Timeline_None_Of_These';
import didNotLoad from '@salesforce/label/c.Timeline_Did_Not_Load';
import machine from '@salesforce/label/c.Timeline_Machine';
import suspect from '@salesforce/label/c.Timeline_Suspect';
import showMore from '@salesforce/label/c.Timeline_Show_More';
import loading from '@salesforce/label/c.Loading';

const PAGE = 10;
const DOUBTS: Record<string, string> = { machine, suspect };

interface Row extends Engagement {
  doubt: string | null;
}

/** What the person behind the record has done, latest first. */
export default class EngagementTimeline extends LightningElement {
  @api recordId?: string;

  label = { title, filter, didNotLoad, showMore, loading };
  filters = FILTERS;
  type = EVERYTHING;
  first = PAGE;
  engagements?: Engagements;
  errors?: unknown[];
  stopRefreshing?: () => void;
  refresh?: () => Promise<unknown>;

  @wire(graphql, { query: ENGAGEMENTS_QUERY, variables: '$variables' })
  wiredEngagements({ data, errors, refresh }: GraphqlResult<EngagementsData>): void {
    this.refresh = refresh;
    this.errors = errors;
    if (data) this.engagements = engagementsFrom(data);
  }

  connectedCallback(): void {
    this.stopRefreshing = refreshWhileVisible(() => this.refresh?.());
  }

  disconnectedCallback(): void {
    this.stopRefreshing?.();
  }

  get variables(): { recordId: string; type: string; first: number } | undefined {
    return this.recordId ? { recordId: this.recordId, type: this.type, first: this.first } : undefined;
  }

  get isLoading(): boolean {
    return !this.engagements && !this.errors;
  }

  get rows(): Row[] {
    const rows = this.engagements?.rows ?? [];
    return rows.map((row) => ({ ...row, doubt: DOUBTS[row.verdict ?? ''] ?? null }));
  }

  get isEmpty(): boolean {
    return this.engagements?.rows.length === 0;
  }

  get emptyText(): string {
    return this.type === EVERYTHING ? none : noneOfThese;
  }

  get hasMore(): boolean {
    return this.engagements !== undefined && this.engagements.rows.length < this.engagements.total;
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    this.type = event.detail.value;
    this.first = PAGE;
  }

  handleShowMore(): void {
    this.first += PAGE;
  }
}
