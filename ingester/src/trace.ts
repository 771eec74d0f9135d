/**
 * What an engagement has gone through, for whoever wants to see the pipeline at work: accepted → ledger → evaluated →
 * written. `ms` counts from the receipt of its delivery.
 */
export interface Step {
  step: 'ledger' | 'evaluated' | 'written';
  /** The number that the sender was answered with. */
  delivery: number;
  /** External_Id__c of the Engagement__c row. */
  engagement: string;
  ms: number;
}

export type OnStep = (step: Step | { step: 'accepted'; delivery: number; ms: number }) => void;
