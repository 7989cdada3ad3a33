//! Rows as one block of finite numbers.

/// Rows by columns, row after row.
#[derive(Debug, Clone)]
pub struct Matrix {
    pub rows: usize,
    pub columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// As wide as the widest row; a cell that is missing or not finite becomes the mean of its column.
    pub fn of(rows: &[Vec<f64>]) -> Matrix {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut cells = Vec::with_capacity(rows.len() * columns);
        for row in rows {
            cells.extend((0..columns).map(|c| row.get(c).copied().unwrap_or(f64::NAN)));
        }
        let mut matrix = Matrix { rows: rows.len(), columns, cells };
        for column in 0..columns {
            matrix.fill(column);
        }
        matrix
    }

    fn fill(&mut self, column: usize) {
        let finite: Vec<f64> = self.column(column).into_iter().filter(|v| v.is_finite()).collect();
        if finite.len() == self.rows {
            return;
        }
        let mean = mean(&finite);
        for cell in self.cells.iter_mut().skip(column).step_by(self.columns) {
            if !cell.is_finite() {
                *cell = mean;
            }
        }
    }

    pub fn row(&self, at: usize) -> &[f64] {
        &self.cells[at * self.columns..(at + 1) * self.columns]
    }

    pub fn column(&self, at: usize) -> Vec<f64> {
        self.cells.iter().skip(at).step_by(self.columns.max(1)).copied().collect()
    }

    /// Mean and deviation of each column; a column that does not vary has deviation 0.
    pub fn scales(&self) -> Vec<Scale> {
        (0..self.columns).map(|c| Scale::of(&self.column(c))).collect()
    }

    /// Every column with mean 0 and deviation 1; columns that do not vary are all 0.
    pub fn standardised(&self, scales: &[Scale]) -> Matrix {
        let cells = self.cells.iter().enumerate();
        let cells = cells.map(|(at, value)| scales[at % self.columns].standard(*value)).collect();
        Matrix { cells, ..*self }
    }
}

/// Where the values of a column lie.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    mean: f64,
    deviation: f64,
}

impl Scale {
    pub fn of(values: &[f64]) -> Scale {
        let mean = mean(values);
        // Scaled by the largest distance first: squares of very large values would overflow.
        let widest = values.iter().map(|v| (v - mean).abs()).fold(0.0, f64::max);
        if !(widest.is_finite() && widest > mean.abs() * 1e-12) {
            return Scale { mean, deviation: 0.0 };
        }
        let squares: f64 = values.iter().map(|v| ((v - mean) / widest).powi(2)).sum();
        Scale { mean, deviation: widest * (squares / values.len() as f64).sqrt() }
    }

    pub fn varies(&self) -> bool {
        self.deviation > 0.0
    }

    pub fn standard(&self, value: f64) -> f64 {
        if self.varies() { (value - self.mean) / self.deviation } else { 0.0 }
    }
}

fn mean(values: &[f64]) -> f64 {
    let n = values.len().max(1) as f64;
    values.iter().map(|v| v / n).sum()
}
