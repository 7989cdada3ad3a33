/** Whether the in-memory host is part of this build: true for dev, preview and tests, false for what ships. */
declare const __FAKE_HOST__: boolean;
