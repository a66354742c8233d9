// Told apart by people who see red and green alike (Okabe and Ito 2008), and also by form.
export const colours = { sales: "#0072b2", forecast: "#d55e00", band: "#e69f00", promotion: "#009e73", empty: "#cc79a7", baseline: "#7f8790" };
