import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { whileVisible } from 'host/whileVisible';

const TASKS = gql`
  query openTasks($recordId: ID) {
    uiapi {
      query {
        Task(
          where: {
            and: [{ IsClosed: { eq: false } }, { or: [{ WhoId: { eq: $recordId } }, { WhatId: { eq: $recordId } }] }]
          }
          orderBy: { ActivityDate: { order: ASC, nulls: LAST } }
          first: 20
        ) {
          edges {
            node {
              Id
              Subject {
                value
              }
              ActivityDate {
                value
              }
              Description {
                value
              }
              Priority {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface Field {
  value: string | null;
}

interface Result {
  data?: {
    uiapi: {
      query: {
        Task: {
          edges: { node: { Id: string; Subject: Field; ActivityDate: Field; Description: Field; Priority: Field } }[];
        };
      };
    };
  };
  errors?: unknown[];
  refresh?: () => Promise<void>;
}

/** Stands in for the platform's activity panel: the record's open tasks. */
export default class ActivityPanel extends LightningElement {
  @api recordId!: string;

  @wire(graphql, { query: TASKS, variables: '$variables' }) result!: Result;

  stop?: () => void;

  connectedCallback(): void {
    this.stop = whileVisible(() => this.result.refresh?.());
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  get variables(): { recordId: string } {
    return { recordId: this.recordId };
  }

  get isEmpty(): boolean {
    return this.result.data !== undefined && this.tasks.length === 0;
  }

  get tasks(): {
    id: string;
    subject: string | null;
    due: string | null;
    description: string | null;
    isHigh: boolean;
  }[] {
    return (this.result.data?.uiapi.query.Task.edges ?? []).map(({ node }) => ({
      id: node.Id,
      subject: node.Subject.value,
      due: node.ActivityDate.value,
      description: node.Description.value,
      isHigh: node.Priority.value === 'High',
    }));
  }
}
