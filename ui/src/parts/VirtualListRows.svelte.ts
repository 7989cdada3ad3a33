import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type Rect, type VirtualItem } from "@tanstack/virtual-core";

/** A screenful, until the browser has told the real height. */
const GUESS_PX = 640;

type Options = { rowHeight: number; startAt: number; onscroll: (top: number) => void };

/** Which rows of a long list are drawn: only those in sight and a few around them. */
export class VirtualListRows {
  items = $state.raw<VirtualItem[]>([]);
  height = $state(0);
  private list: Virtualizer<HTMLElement, HTMLElement>;
  private element: HTMLElement | null = null;

  constructor(private options: Options) {
    this.list = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      overscan: 8,
      estimateSize: () => options.rowHeight,
      getScrollElement: () => this.element,
      initialOffset: options.startAt,
      initialRect: { width: 0, height: GUESS_PX },
      scrollToFn: elementScroll,
      observeElementOffset,
      observeElementRect: (instance, tell) =>
        observeElementRect(instance, (rect: Rect) => tell({ width: rect.width, height: rect.height || GUESS_PX })),
      onChange: () => this.read(),
    });
  }

  /** Binds the scrolling element; for `{@attach}`. */
  attach = (element: HTMLElement): (() => void) => {
    this.element = element;
    const unmount = this.list._didMount();
    this.list._willUpdate();
    element.scrollTop = this.options.startAt;
    this.read();
    return () => {
      this.element = null;
      unmount();
    };
  };

  setCount(count: number): void {
    this.list.setOptions({ ...this.list.options, count });
    this.list._willUpdate();
    this.read();
  }

  show(index: number): void {
    this.list.scrollToIndex(index, { align: "auto" });
  }

  /** How many whole rows are in sight. */
  get screenful(): number {
    return Math.max(1, Math.floor((this.element?.clientHeight || GUESS_PX) / this.options.rowHeight) - 1);
  }

  private read(): void {
    this.items = this.list.getVirtualItems();
    this.height = this.list.getTotalSize();
    if (this.element) this.options.onscroll(this.element.scrollTop);
  }
}
