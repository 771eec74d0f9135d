/** Leads as the REST API returns them, read from JSON as in production. */
import { seeded } from '../measure.ts';

export interface Lead {
  Id: string;
  Title: string | null;
  Industry: string | null;
  Country: string;
  LeadSource: string;
  Status: string;
  Email: string;
  NumberOfEmployees: number | null;
  AnnualRevenue: number | null;
  HasOptedOutOfEmail: boolean;
  Owner: { Name: string; IsActive: boolean };
  Tasks: { records: { Status: string; Priority: string }[] };
}

export const industries = ['Technology', 'Finance', 'Healthcare', 'Retail', 'Education', 'Energy', 'Media', 'Banking'];
export const countries = ['US', 'Canada', 'Germany', 'France', 'Japan', 'Brazil', 'India', 'Spain', 'Italy', 'Chile'];
export const sources = ['Web', 'Referral', 'Event', 'Partner', 'Phone', 'Other'];
export const statuses = ['Open', 'Working', 'Nurturing', 'Closed'];
const levels = ['Chief', 'VP', 'Director of', 'Head of', 'Senior', 'Junior', 'Assistant'];
const areas = ['Marketing', 'Sales', 'Finance', 'Engineering', 'Operations', 'Support', 'IT', 'Legal'];
const domains = ['gmail.example', 'acme.example', 'globex.example', 'initech.example', 'uni.edu.example'];

export function makeLeads(count: number): Lead[] {
  const random = seeded(1);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const lead: Lead = {
      Id: `00Q${index}`,
      Title: random() < 0.1 ? null : `${one(levels)} ${one(areas)}`,
      Industry: random() < 0.1 ? null : one(industries),
      Country: one(countries),
      LeadSource: one(sources),
      Status: one(statuses),
      Email: `person${index}@${one(domains)}`,
      NumberOfEmployees: random() < 0.1 ? null : Math.floor(10 ** (random() * 5)),
      AnnualRevenue: random() < 0.2 ? null : Math.floor(10 ** (4 + random() * 5)),
      HasOptedOutOfEmail: random() < 0.1,
      Owner: { Name: `Owner ${Math.floor(random() * 50)}`, IsActive: random() < 0.9 },
      Tasks: {
        records: Array.from({ length: Math.floor(random() * 4) }, () => ({
          Status: one(['Open', 'Completed']),
          Priority: one(['High', 'Normal']),
        })),
      },
    };
    return JSON.parse(JSON.stringify(lead)) as Lead;
  });
}

/** With all that rules compare as text in lower case. */
export function lowerCased(lead: Lead): Lead {
  return {
    ...lead,
    Title: lead.Title === null ? null : lead.Title.toLowerCase(),
    Industry: lead.Industry === null ? null : lead.Industry.toLowerCase(),
    Country: lead.Country.toLowerCase(),
    LeadSource: lead.LeadSource.toLowerCase(),
    Status: lead.Status.toLowerCase(),
    Email: lead.Email.toLowerCase(),
    Tasks: { records: lead.Tasks.records.map((task) => ({ ...task, Status: task.Status.toLowerCase() })) },
  };
}
