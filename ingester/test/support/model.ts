/** A model with an attribute, engagement of several kinds, a rule that is earned once, and two thresholds. */
export const leadModel = {
  schema: 1,
  key: 'leads',
  name: 'Leads',
  object: 'Lead',
  rules: [
    {
      key: 'industry',
      name: 'Right industry',
      kind: 'attribute',
      points: 15,
      when: { field: 'Industry', op: 'eq', value: 'Technology' },
    },
    { key: 'click', name: 'Email click', kind: 'engagement', points: 10, types: ['email.click'] },
    { key: 'open', name: 'Email open', kind: 'engagement', points: 1, types: ['email.open'] },
    { key: 'page', name: 'Page visit', kind: 'engagement', points: 2, types: ['page.view'] },
    {
      key: 'other',
      name: 'Anything else',
      kind: 'engagement',
      points: 1,
      types: ['custom.*', 'form.submit', 'tag.add', 'list.*'],
    },
  ],
  thresholds: [
    { rating: 'Warm', min: 20 },
    { rating: 'Hot', min: 50 },
  ],
};

/** Where the package's fields for scores are. */
export const mapping = {
  Score_Field__c: 'Lead_Score__c',
  Rating_Field__c: 'Score_Rating__c',
  Grade_Field__c: 'Score_Grade__c',
  Score_Changed_At_Field__c: 'Score_Changed_At__c',
  Last_Engagement_At_Field__c: 'Last_Engagement_At__c',
  Last_Engagement_Type_Field__c: 'Last_Engagement_Type__c',
};
