// A title whose words another title lacks are marked. Titles without spaces, as Chinese ones, are compared by letter.
const piecesOf = (title: string) => (/\s/.test(title.trim()) ? title.split(/(\s+)/) : [...title]);
const plain = (piece: string) => piece.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

export function Marked({ text, other }: { text: string; other: string }) {
  const there = new Set(piecesOf(other).map(plain));
  return <>{piecesOf(text).map((piece, place) => (plain(piece) === "" || there.has(plain(piece)) ? piece : <mark key={place}>{piece}</mark>))}</>;
}
