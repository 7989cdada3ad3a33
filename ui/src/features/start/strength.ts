/** 0 nothing typed, 1 too short, to 5 strong. A guide while typing; the program itself decides. */
export function strength(passphrase: string): 0 | 1 | 2 | 3 | 4 | 5 {
  if (!passphrase) return 0;
  if (passphrase.length < 12) return 1;
  const different = new Set(passphrase.toLowerCase()).size;
  if (different < 6) return 2;
  const words = new Set(passphrase.toLowerCase().split(/[\s\-_.]+/).filter((part) => part.length > 2)).size;
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(passphrase)).length;
  const points = words * 10 + passphrase.length + classes * 4;
  if (points < 30) return 2;
  if (points < 45) return 3;
  return points < 65 ? 4 : 5;
}
