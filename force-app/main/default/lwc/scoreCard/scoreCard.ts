import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult, type Query } from 'lightning/graphql';
import { refreshWhileVisible } from 'c/autoRefresh';
import { formatLabel } from 'c/formatLabel';
import { SCORE_QUERY, scoreFrom, type Score, type ScoreData } from './score';
import title from '@salesforce/label/c.Score_Title';
import grade from '@salesforce/label/c.Score_Grade';
import why from '@salesforce/label/c.Score_Why';
import lastEngagement from '@salesforce/label/c.Last_Engagement';
import noEngagement from '@salesforce/label/c.No_Engagement';
import none from '@salesforce/label/c.Score_None';
import didNotLoad from '@salesforce/label/c.Score_Did_Not_Load';
import loading from '@salesforce/label/c.Loading';

/** The score of the record on whose page it stands. */
export default class ScoreCard extends LightningElement {
  @api recordId?: string;

  label = { title, why, lastEngagement, noEngagement, none, didNotLoad, loading };
  score?: Score | null;
  errors?: unknown[];
  stopRefreshing?: () => void;
  refresh?: () => Promise<unknown>;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredScore({ data, errors, refresh }: GraphqlResult<ScoreData>): void {
    this.refresh = refresh;
    this.errors = errors;
    this.score = data && scoreFrom(data);
  }

  connectedCallback(): void {
    this.stopRefreshing = refreshWhileVisible(() => this.refresh?.());
  }

  disconnectedCallback(): void {
    this.stopRefreshing?.();
  }

  get query(): Query | undefined {
    return this.recordId ? SCORE_QUERY : undefined;
  }

  get variables(): { recordId?: string } {
    return { recordId: this.recordId };
  }

  get isLoading(): boolean {
    return this.score === undefined && !this.errors;
  }

  get gradeText(): string | null {
    return this.score?.grade ? formatLabel(grade, this.score.grade) : null;
  }
}
