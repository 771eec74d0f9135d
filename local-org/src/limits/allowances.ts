import { Allowance } from './allowance.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What the org counts, with what an Enterprise Edition org has: the most, in which span of ms. */
const counted = {
  DailyApiRequests: [100_000, day],
  DailyBulkApiBatches: [15_000, day],
  DailyBulkV2QueryJobs: [10_000, day],
  DailyDeliveredPlatformEvents: [25_000, day],
  DailyDurableGenericStreamingApiEvents: [200_000, day],
  DailyDurableStreamingApiEvents: [200_000, day],
  HourlyPublishedPlatformEvents: [250_000, hour],
} as const;

/** What an Enterprise Edition org has of things that nothing here ever uses. */
const unused = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentEinsteinDataInsightsStoryCreation: 5,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyAsyncApexTests: 500,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStandardVolumePlatformEvents: 25_000,
  DailyStreamingApiEvents: 200_000,
  DailyWorkflowEmails: 3_000,
  DataStorageMB: 10_240,
  DurableStreamingApiConcurrentClients: 1_000,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1_200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5_000,
  HourlyDashboardStatuses: 999_999_999,
  HourlyManagedContentPublicRequests: 50_000,
  HourlyODataCallout: 20_000,
  HourlyPublishedStandardVolumePlatformEvents: 100_000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 1_000,
  MassEmail: 5_000,
  MonthlyPlatformEventsUsageEntitlement: 0,
  PermissionSets: 1_500,
  SingleEmail: 5_000,
  StreamingApiConcurrentClients: 1_000,
};

export type CountedLimit = keyof typeof counted;

/** The limits of an org: what may be done how often, and what is left of it. */
export class Allowances {
  readonly #counted: ReadonlyMap<string, Allowance>;

  /** `most` replaces the allowance of an Enterprise Edition org. */
  constructor(clock: () => number, most: { readonly [limit in CountedLimit]?: number | undefined } = {}) {
    const names = Object.keys(counted) as CountedLimit[];
    this.#counted = new Map(
      names.map((name) => [name, new Allowance(most[name] ?? counted[name][0], counted[name][1], clock)]),
    );
  }

  of(name: CountedLimit): Allowance {
    return this.#counted.get(name)!;
  }

  /** As GET /limits answers them. */
  all(): Record<string, { Max: number; Remaining: number }> {
    const used = [...this.#counted].map(([name, { max, remaining }]) => [name, { Max: max, Remaining: remaining }]);
    const rest = Object.entries(unused).map(([name, max]) => [name, { Max: max, Remaining: max }]);
    return Object.fromEntries(
      [...used, ...rest].sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)),
    ) as Record<string, { Max: number; Remaining: number }>;
  }
}
