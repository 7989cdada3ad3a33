/** The drawn width of a figure in pixels, so that its text keeps its size at every window width. */
export class FigureWidth {
  value = $state(640);

  attach = (element: HTMLElement): (() => void) | void => {
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) this.value = element.clientWidth;
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
