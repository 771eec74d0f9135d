import name from '@salesforce/label/c.Lead_Name';
import company from '@salesforce/label/c.Lead_Company';
import score from '@salesforce/label/c.Lead_Score';
import rating from '@salesforce/label/c.Lead_Rating';
import lastEngagement from '@salesforce/label/c.Last_Engagement';
import lastEngagementAt from '@salesforce/label/c.Lead_Last_Engagement_At';
import owner from '@salesforce/label/c.Lead_Owner';

const NAME = {
  label: name,
  fieldName: 'url',
  type: 'url',
  typeAttributes: { label: { fieldName: 'name' }, target: '_self' },
  hideDefaultActions: true,
};
const SCORE = { label: score, fieldName: 'score', type: 'number', initialWidth: 80, hideDefaultActions: true };
const RATING = { label: rating, fieldName: 'rating', initialWidth: 100, hideDefaultActions: true };
const WHEN = {
  label: lastEngagementAt,
  fieldName: 'lastEngagementAt',
  type: 'date',
  typeAttributes: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  hideDefaultActions: true,
};

/** On a phone only what tells whom to call. */
export function columnsFor(formFactor: string): object[] {
  if (formFactor === 'Small') return [NAME, SCORE, RATING];
  return [
    NAME,
    { label: company, fieldName: 'company', hideDefaultActions: true },
    SCORE,
    RATING,
    { label: lastEngagement, fieldName: 'lastEngagement', hideDefaultActions: true },
    WHEN,
    { label: owner, fieldName: 'owner', hideDefaultActions: true },
  ];
}
