import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult, type Query } from 'lightning/graphql';
import { refreshWhileVisible } from 'c/autoRefresh';
import type { Score } from 'c/scoreSection';
import { SCORES_QUERY, type ScoresData } from './query';
import { scoresFrom, type Scores } from './scores';
import title from '@salesforce/label/c.Score_Title';
import noModel from '@salesforce/label/c.Score_No_Model';
import none from '@salesforce/label/c.Score_None';
import pending from '@salesforce/label/c.Score_Pending';
import didNotLoad from '@salesforce/label/c.Score_Did_Not_Load';
import loading from '@salesforce/label/c.Loading';

/** The scores of the record on whose page it stands, one section for each model; or why there is none. */
export default class ScoreCard extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;

  label = { title, didNotLoad, loading };
  found?: Scores;
  errors?: unknown[];
  stopRefreshing?: () => void;
  refresh?: () => Promise<unknown>;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredScores({ data, errors, refresh }: GraphqlResult<ScoresData>): void {
    this.refresh = refresh;
    this.errors = errors;
    this.found = data && scoresFrom(data);
  }

  connectedCallback(): void {
    this.stopRefreshing = refreshWhileVisible(() => this.refresh?.());
  }

  disconnectedCallback(): void {
    this.stopRefreshing?.();
  }

  get query(): Query | undefined {
    return this.recordId ? SCORES_QUERY : undefined;
  }

  get variables(): { recordId?: string; id?: string; object?: string } {
    return { recordId: this.recordId, id: this.recordId, object: this.objectApiName };
  }

  get isLoading(): boolean {
    return this.found === undefined && !this.errors;
  }

  get scores(): Score[] {
    return this.found?.scores ?? [];
  }

  get hasScores(): boolean {
    return this.scores.length > 0;
  }

  get hasSeveral(): boolean {
    return this.scores.length > 1;
  }

  get engaged(): boolean {
    return this.found?.engaged ?? false;
  }

  get none(): string {
    if (!this.found?.modeled) return noModel;
    return this.engaged ? pending : none;
  }
}
