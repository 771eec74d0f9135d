const node = (displayName, folder) => ({
  displayName,
  rootDir: '.',
  testMatch: [`<rootDir>/${folder}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/config/jest/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
});

export default {
  testTimeout: 30_000,
  projects: [
    node('scoring-core', 'scoring-core/test'),
    node('local-org', 'local-org/test'),
    node('ingester', 'ingester/test'),
    node('end to end', 'test'),
  ],
};
