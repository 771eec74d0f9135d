import { executeMutation, gql } from 'lightning/graphql';
import type { Model } from 'c/scoringCore';

/** The version and the model change together or not at all. */
const PUBLISH = gql`
  mutation publishModel($version: Scoring_Model_Version__cCreateInput!, $model: Scoring_Model__cUpdateInput!) {
    uiapi(input: { allOrNone: true }) {
      Scoring_Model_Version__cCreate(input: $version) {
        Record {
          Id
        }
      }
      Scoring_Model__cUpdate(input: $model) {
        Record {
          Id
        }
      }
    }
  }
`;

export interface Publication {
  recordId: string;
  draft: Model;
  version: number;
  note: string;
}

/** Makes the draft what records are scored by, and keeps it as a version. Throws what the platform reports. */
export async function publish({ recordId, draft, version, note }: Publication): Promise<void> {
  const definition = JSON.stringify(draft);
  const variables = {
    version: {
      Scoring_Model_Version__c: {
        Model__c: recordId,
        Version__c: version,
        Definition__c: definition,
        Note__c: note || null,
      },
    },
    model: {
      Id: recordId,
      Scoring_Model__c: { Definition__c: definition, Draft__c: null, Version__c: version, Status__c: 'Active' },
    },
  };
  const { errors } = await executeMutation({ query: PUBLISH, variables });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the platform reports is no Error
  if (errors?.length) throw errors;
}
