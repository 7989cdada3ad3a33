export const files = {
  browse: "Browse…",
  save: "Save",
  saved: (path: string) => `Saved to ${path}`,
  where: "Where to save it",
  needPath: "Give a path, or choose one with Browse.",
};
