/**
 * Page layouts of a fresh org, as far as the host shows them: a package brings none for standard objects.
 * The first name field of an object stands in the title and needs no mention.
 */
interface Layout {
  highlights: string[];
  details: string[];
  /** Columns of the object's list. */
  list: string[];
}

const SCORE = [
  'Lead_Score__c',
  'Score_Rating__c',
  'Score_Grade__c',
  'Score_Changed_At__c',
  'Last_Engagement_At__c',
  'Last_Engagement_Type__c',
];

const LAYOUTS: Record<string, Layout> = {
  Lead: {
    highlights: ['Title', 'Company', 'Phone', 'Email', 'OwnerId'],
    details: ['Company', 'Title', 'Email', 'Phone', 'Status', 'LeadSource', 'Industry', 'OwnerId', ...SCORE],
    list: ['Company', 'Title', 'Email', 'Status', 'Lead_Score__c', 'Score_Rating__c'],
  },
  Contact: {
    highlights: ['Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
    details: ['AccountId', 'Title', 'Email', 'Phone', 'Department', 'LeadSource', 'OwnerId', ...SCORE],
    list: ['AccountId', 'Title', 'Email', 'Lead_Score__c', 'Score_Rating__c'],
  },
  Scoring_Model__c: {
    highlights: ['Status__c', 'Object__c', 'Version__c'],
    details: [
      'Status__c',
      'Object__c',
      'Version__c',
      'External_Id__c',
      'Score_Field__c',
      'Rating_Field__c',
      'Grade_Field__c',
    ],
    list: ['Status__c', 'Object__c', 'Version__c', 'LastModifiedDate'],
  },
  Score__c: {
    highlights: ['Value__c', 'Rating__c', 'Grade__c', 'Evaluated_At__c'],
    details: [
      'Value__c',
      'Rating__c',
      'Grade__c',
      'Lead__c',
      'Contact__c',
      'Model__c',
      'Model_Version__c',
      'Evaluated_At__c',
      'Next_Change_At__c',
      'Reasons__c',
      'Handoff_Error__c',
    ],
    list: ['Lead__c', 'Contact__c', 'Value__c', 'Rating__c', 'Grade__c', 'Evaluated_At__c'],
  },
  Engagement__c: {
    highlights: ['Type__c', 'Occurred_At__c', 'Source__c'],
    details: ['Type__c', 'Occurred_At__c', 'Source__c', 'Verdict__c', 'Lead__c', 'Contact__c', 'Properties__c'],
    list: ['Type__c', 'Occurred_At__c', 'Source__c', 'Lead__c', 'Contact__c', 'Verdict__c'],
  },
  Scoring_Job__c: {
    highlights: ['Kind__c', 'Status__c'],
    details: ['Kind__c', 'Status__c', 'Model__c', 'Processed__c', 'Total__c', 'Message__c'],
    list: ['Kind__c', 'Status__c', 'Processed__c', 'Total__c', 'CreatedDate'],
  },
};

const NONE: Layout = { highlights: [], details: ['CreatedDate', 'LastModifiedDate'], list: ['CreatedDate'] };

export const layoutOf = (object: string): Layout => LAYOUTS[object] ?? NONE;
