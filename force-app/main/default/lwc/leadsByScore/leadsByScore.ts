import { LightningElement, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import FORM_FACTOR from '@salesforce/client/formFactor';
import { refreshWhileVisible } from 'c/autoRefresh';
import { formatLabel } from 'c/formatLabel';
import { columnsFor } from './columns';
import { LEADS_QUERY, leadsFrom, type Leads, type LeadsData } from './leads';
import title from '@salesforce/label/c.Leads_Title';
import shown from '@salesforce/label/c.Leads_Shown';
import none from '@salesforce/label/c.Leads_None';
import didNotLoad from '@salesforce/label/c.Leads_Did_Not_Load';
import showMore from '@salesforce/label/c.Leads_Show_More';
import loading from '@salesforce/label/c.Loading';

const PAGE = 50;

/** Leads that nobody has converted yet, hottest first. */
export default class LeadsByScore extends LightningElement {
  label = { title, none, didNotLoad, showMore, loading };
  columns = columnsFor(FORM_FACTOR);
  first = PAGE;
  leads?: Leads;
  errors?: unknown[];
  stopRefreshing?: () => void;
  refresh?: () => Promise<unknown>;

  @wire(graphql, { query: LEADS_QUERY, variables: '$variables' })
  wiredLeads({ data, errors, refresh }: GraphqlResult<LeadsData>): void {
    this.refresh = refresh;
    this.errors = errors;
    if (data) this.leads = leadsFrom(data);
  }

  connectedCallback(): void {
    this.stopRefreshing = refreshWhileVisible(() => this.refresh?.());
  }

  disconnectedCallback(): void {
    this.stopRefreshing?.();
  }

  get variables(): { first: number } {
    return { first: this.first };
  }

  get isLoading(): boolean {
    return !this.leads && !this.errors;
  }

  get isEmpty(): boolean {
    return this.leads?.rows.length === 0;
  }

  get hasMore(): boolean {
    return this.leads !== undefined && this.leads.rows.length < this.leads.total;
  }

  get shown(): string {
    return this.leads ? formatLabel(shown, this.leads.rows.length, this.leads.total) : '';
  }

  handleShowMore(): void {
    this.first += PAGE;
  }
}
